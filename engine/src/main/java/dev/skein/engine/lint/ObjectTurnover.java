// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.script.ScriptPiece;
import dev.skein.engine.script.SqlWords;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Which objects a statement made or removed, and which are the same still. */
final class ObjectTurnover {
    /** What the server makes anew with the type of a column under it. */
    private static final Set<ObjectKind> STANDING =
            Set.of(ObjectKind.CONSTRAINT, ObjectKind.INDEX, ObjectKind.STATISTICS);

    private final ScriptPiece.Statement statement;
    private final CatalogSnapshot before;
    private final CatalogSnapshot after;
    private final List<CatalogDifference> differences;
    private final RetypedColumns retyped;

    ObjectTurnover(
            ScriptPiece.Statement statement,
            CatalogSnapshot before,
            CatalogSnapshot after,
            List<CatalogDifference> differences,
            RetypedColumns retyped) {
        this.statement = statement;
        this.before = before;
        this.after = after;
        this.differences = differences;
        this.retyped = retyped;
    }

    /** What there is after it and was not before, or the other way, whatever it was called. */
    Stream<CatalogItem> anew(ObjectKind kind, boolean made) {
        var first = made ? before : after;
        var second = made ? after : before;
        var known = first.identities();
        return second.catalog().items().values().stream()
                .filter(item -> item.id().kind() == kind)
                .filter(item -> !known.contains(second.identity(item.id())))
                .filter(item -> !isThere(item.id(), made))
                .filter(item -> !isBuiltAgain(item.id()));
    }

    /**
     * Whether an object of one catalog is in the other database still, though its catalog counts it
     * as a parent's, since its table came to it or left it.
     */
    private boolean isThere(ItemId id, boolean made) {
        var of = made ? after : before;
        var in = made ? before : after;
        var table = id.kind() == ObjectKind.TABLE ? id.name() : id.relation();
        var relation =
                of.relations().values().stream().filter(r -> r.name().equals(table)).findFirst();
        var other = relation.map(r -> in.relations().get(r.oid())).orElse(null);
        if (other == null) {
            return false;
        }
        return switch (id.kind()) {
            case TABLE -> true;
            case COLUMN ->
                    relation.get().columns().entrySet().stream()
                            .filter(c -> c.getValue().equals(id.name()))
                            .allMatch(c -> other.columns().containsKey(c.getKey()));
            default -> in.catalog().get(id) == null && hasMoved(table, made);
        };
    }

    /** Whether a table became a partition, or no longer is one; or has columns for itself now. */
    private boolean hasMoved(String table, boolean made) {
        return differences.stream()
                .filter(d -> d.id().kind() == ObjectKind.TABLE && d.id().name().equals(table))
                .anyMatch(d ->
                        d.attributes().contains(Attribute.PARTITION_BOUND)
                                || d.before() == null
                                || d.after() == null
                                || (made && d.attributes().contains(Attribute.PARENTS)));
    }

    /**
     * Whether the server made it anew by itself, as it was: with a column's type, or by REINDEX.
     */
    private boolean isBuiltAgain(ItemId id) {
        var was = before.catalog().get(id);
        var is = after.catalog().get(id);
        return was != null
                && was.equals(is)
                && (statement.starts("REINDEX") || standsOnRetyped(was));
    }

    /**
     * Whether it is a key, index or statistics of a column that has another type, and not dropped.
     */
    private boolean standsOnRetyped(CatalogItem item) {
        return STANDING.contains(item.id().kind())
                && !retyped.dropped().contains(item.id().name())
                && !Collections.disjoint(retyped.columns(), words(item));
    }

    private static List<String> words(CatalogItem item) {
        var words = SqlWords.withStrings(item.text(Attribute.DEFINITION)).getFirst();
        return IntStream.range(0, words.size()).mapToObj(i -> SqlWords.plain(words, i)).toList();
    }

    /** Whether an object is the one that it was, with whatever attributes. */
    boolean isSame(ItemId id) {
        return before.identity(id).equals(after.identity(id)) || isBuiltOtherwise(id);
    }

    /** A constraint that was made again with a column's type: its words may be others. */
    private boolean isBuiltOtherwise(ItemId id) {
        return id.kind() == ObjectKind.CONSTRAINT
                && Stream.of(before, after)
                        .map(snapshot -> snapshot.catalog().get(id))
                        .anyMatch(item -> item != null && standsOnRetyped(item));
    }
}
