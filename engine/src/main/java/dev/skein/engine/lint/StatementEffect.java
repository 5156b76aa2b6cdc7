// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.ScriptPiece;
import dev.skein.engine.script.SqlWords;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What one statement of a revision was seen to do. */
public final class StatementEffect {
    /** Keeps everybody away from a table. */
    public static final String EXCLUSIVE = "AccessExclusiveLock";

    /** What the server makes anew with the type of a column under it. */
    private static final Set<ObjectKind> STANDING =
            Set.of(ObjectKind.CONSTRAINT, ObjectKind.INDEX, ObjectKind.STATISTICS);

    private final Script script;
    private final ScriptPiece.Statement statement;
    private final CatalogSnapshot start;
    private final CatalogSnapshot before;
    private final CatalogSnapshot after;
    private final boolean refusedInside;
    private final List<CatalogDifference> differences;
    private final RetypedColumns retyped;

    StatementEffect(
            Script script,
            ScriptPiece.Statement statement,
            CatalogSnapshot start,
            CatalogSnapshot before,
            CatalogSnapshot after,
            boolean refusedInside) {
        this.script = script;
        this.statement = statement;
        this.start = start;
        this.before = before;
        this.after = after;
        this.refusedInside = refusedInside;
        this.differences = CatalogDifference.between(before.catalog(), after.catalog());
        this.retyped = RetypedColumns.of(statement.sql());
    }

    /** What a revision did from its beginning to the end of this statement. */
    StatementEffect fromStart() {
        var first = script.upgrade().statements().getFirst();
        return new StatementEffect(script, first, start, start, after, false);
    }

    public Script script() {
        return script;
    }

    public ScriptPiece.Statement statement() {
        return statement;
    }

    /** Whether the revision's transaction refused it; it was run behind it then. */
    public boolean isRefusedInside() {
        return refusedInside;
    }

    /** What is of a name after the statement; without attributes where there is no such thing. */
    public CatalogItem known(ObjectKind kind, String name) {
        var id = new ItemId(kind, "", name);
        var item = after.catalog().get(id);
        return item == null ? new CatalogItem(id, Map.of()) : item;
    }

    /** Every object of a kind that there is after the statement. */
    public List<CatalogItem> all(ObjectKind kind) {
        return after.catalog().items().values().stream()
                .filter(item -> item.id().kind() == kind)
                .toList();
    }

    /** Everything that belongs to a relation after the statement. */
    public List<CatalogItem> members(String relation) {
        return after.catalog().members(relation);
    }

    /** Whether an object was there when the revision began. */
    public boolean isOld(ItemId id) {
        return start.catalog().get(id) != null;
    }

    /** Everything that it changed in the catalog. */
    public List<CatalogDifference> differences() {
        return differences;
    }

    /** Objects of a kind that it made, be it in the place of one with the same name. */
    public List<CatalogItem> made(ObjectKind kind) {
        return anew(kind, true).toList();
    }

    /** Objects of a kind that were there when the revision began, and that it removed. */
    public List<CatalogItem> gone(ObjectKind kind) {
        var old = start.identities();
        return anew(kind, false).filter(item -> old.contains(before.identity(item.id()))).toList();
    }

    /** What there is after it and was not before, or the other way, whatever it was called. */
    private Stream<CatalogItem> anew(ObjectKind kind, boolean made) {
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
        var words = SqlWords.all(item.text(Attribute.DEFINITION)).getFirst();
        return IntStream.range(0, words.size()).mapToObj(i -> SqlWords.plain(words, i)).toList();
    }

    /** The columns to which it gives other values, made of nothing that they were. */
    public List<ItemId> blindlyRetyped() {
        return before.catalog().items().keySet().stream()
                .filter(id -> id.kind() == ObjectKind.COLUMN && retyped.blind().contains(id.name()))
                .filter(id -> isInUse(id.relation()) && rewritten().contains(id.relation()))
                .toList();
    }

    /** What has the name of an object after the statement; null where nothing has. */
    public @Nullable CatalogItem successor(CatalogItem gone) {
        return after.catalog().get(gone.id());
    }

    /** Objects of a kind that it made or changed, as they are now. */
    public List<CatalogItem> now(ObjectKind kind) {
        return differences.stream()
                .filter(d -> d.id().kind() == kind && d.after() != null)
                .map(d -> Objects.requireNonNull(d.after()))
                .toList();
    }

    /** Objects of a kind that it changed in one attribute, and that are the same objects still. */
    public List<CatalogDifference> changed(ObjectKind kind, String attribute) {
        return differences.stream()
                .filter(d -> d.id().kind() == kind && d.attributes().contains(attribute))
                .filter(d -> isSame(d.id()))
                .toList();
    }

    private boolean isSame(ItemId id) {
        return before.identity(id).equals(after.identity(id)) || isBuiltOtherwise(id);
    }

    /** A constraint that was made again with a column's type: its words may be others. */
    private boolean isBuiltOtherwise(ItemId id) {
        return id.kind() == ObjectKind.CONSTRAINT
                && Stream.of(before, after)
                        .map(snapshot -> snapshot.catalog().get(id))
                        .anyMatch(item -> item != null && standsOnRetyped(item));
    }

    /** Tables in use, by name. */
    public List<String> inUse() {
        return tables(now -> true);
    }

    /** Tables that a table is a partition or child of. */
    public List<String> parents(String table) {
        var item = known(ObjectKind.TABLE, table);
        return item.has(Attribute.PARENTS)
                ? List.of(item.text(Attribute.PARENTS).split(", "))
                : List.of();
    }

    /** Whether a table was there when the revision began, so that somebody may be using it. */
    public boolean isInUse(String table) {
        return Stream.of(before, after)
                .flatMap(snapshot -> snapshot.relations().values().stream())
                .filter(relation -> relation.name().equals(table))
                .findFirst()
                .map(this::isOld)
                .orElse(false);
    }

    /** Whether an object is there after the statement. */
    public boolean isThere(ItemId id) {
        return after.catalog().get(id) != null;
    }

    /** Tables in use that it took a lock on which the transaction did not hold before. */
    public List<String> locked(String mode) {
        return tables(now -> {
            var was = before.relations().get(now.oid());
            return now.locks().contains(mode) && (was == null || !was.locks().contains(mode));
        });
    }

    /** Tables in use on which the transaction holds a lock after it. */
    public List<String> holds(String mode) {
        return tables(now -> now.locks().contains(mode));
    }

    /** Tables in use on which the transaction holds a lock from an earlier statement. */
    public List<String> heldBefore(String mode) {
        return before.relations().values().stream()
                .filter(r -> r.isTable() && isOld(r) && r.locks().contains(mode))
                .map(ObservedRelation::name)
                .sorted()
                .toList();
    }

    /** The indexes that it built, by name; one that only has others as its parts is not built. */
    public List<String> builtIndexes() {
        return after.relations().values().stream()
                .filter(r -> r.kind().equals("i") && !before.relations().containsKey(r.oid()))
                .map(ObservedRelation::name)
                .toList();
    }

    /** Tables in use that it wrote anew. */
    public List<String> rewritten() {
        return tables(now -> {
            var was = before.relations().get(now.oid());
            return was != null && was.file() != now.file() && !now.kind().equals("m");
        });
    }

    /** Tables in use that it read from end to end, by themselves or in all their partitions. */
    public Set<String> scanned() {
        return TableAncestors.with(
                after.catalog(),
                tables(now -> {
                    var was = before.relations().get(now.oid());
                    return now.scans() > (was == null ? 0 : was.scans());
                }));
    }

    /** Tables and views in use that have another name now: the old one and the new one. */
    public List<List<String>> renamed() {
        return after.relations().values().stream()
                .filter(now -> !"iI".contains(now.kind()) && isOld(now))
                .map(now -> List.of(nameBefore(now), now.name()))
                .filter(names -> !names.get(0).equals(names.get(1)))
                .toList();
    }

    /** Columns in use that have another name now: the old one and the new one. */
    public List<List<String>> renamedColumns() {
        return after.relations().values().stream()
                .filter(this::isOld)
                .flatMap(now ->
                        now.columns().entrySet().stream()
                                .map(column -> names(now, column.getKey())))
                .filter(names -> !names.get(0).equals(names.get(1)))
                .toList();
    }

    private List<String> names(ObservedRelation now, int number) {
        var was = before.relations().get(now.oid());
        var name = now.columns().getOrDefault(number, "");
        var old = was == null ? name : was.columns().getOrDefault(number, name);
        return List.of(now.name() + "." + old, now.name() + "." + name);
    }

    private String nameBefore(ObservedRelation now) {
        var was = before.relations().get(now.oid());
        return was == null ? now.name() : was.name();
    }

    private boolean isOld(ObservedRelation relation) {
        return start.relations().containsKey(relation.oid());
    }

    private List<String> tables(Predicate<ObservedRelation> wanted) {
        return after.relations().values().stream()
                .filter(r -> r.isTable() && isOld(r))
                .filter(wanted)
                .map(ObservedRelation::name)
                .sorted()
                .toList();
    }
}
