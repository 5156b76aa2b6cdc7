// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.DdlWords;
import dev.skein.engine.ddl.text.SpareNames;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The forms that keep a table usable while something is added to it or taken from it. */
final class OnlineForms {
    private final Catalog from;
    private final Catalog to;
    private final boolean wanted;
    private final Set<ItemId> made;
    private final SpareNames spare;

    /**
     * @param wanted whether such forms are wanted at all
     * @param made what is made by the change: nobody uses it yet
     */
    OnlineForms(Catalog from, Catalog to, boolean wanted, Set<ItemId> made) {
        this.from = from;
        this.to = to;
        this.wanted = wanted;
        this.made = made;
        this.spare = new SpareNames(from, to);
    }

    /** Whether somebody may be using a table, and it is of a kind that online forms work on. */
    boolean inUse(String relation) {
        if (!wanted) {
            return false;
        }
        var table = new ItemId(ObjectKind.TABLE, "", relation);
        var view = new ItemId(ObjectKind.MATERIALIZED_VIEW, "", relation);
        var item = from.get(table);
        if (item == null) {
            return from.get(view) != null && !made.contains(view);
        }
        return !made.contains(table) && !item.has(Attribute.PARTITION_KEY);
    }

    /** Whether it is a partitioned table in use: its checks can be validated afterwards, too. */
    private boolean isPartitioned(String relation) {
        var table = new ItemId(ObjectKind.TABLE, "", relation);
        var item = from.get(table);
        return wanted && item != null && !made.contains(table) && item.has(Attribute.PARTITION_KEY);
    }

    List<DdlStatement> constraint(CatalogItem item) {
        var id = item.id();
        var definition = item.text(Attribute.DEFINITION);
        var add = "ALTER TABLE " + id.relation() + " ADD CONSTRAINT " + id.name() + " ";
        var partitioned = isPartitioned(id.relation());
        if (!inUse(id.relation()) && !partitioned) {
            return List.of(DdlStatement.of(add + definition));
        }
        var key = KeySwap.key(item).matches() && !definition.contains("WITHOUT OVERLAPS");
        if (key && !partitioned) {
            return List.of(
                    KeySwap.build(item, id.name()),
                    DdlStatement.of(add + KeySwap.using(item, id.name())));
        }
        if (definition.endsWith("NOT VALID") || definition.endsWith("NOT ENFORCED")) {
            return List.of(DdlStatement.of(add + definition));
        }
        var reference = definition.startsWith("FOREIGN KEY");
        // Servers before 18 refuse such keys of partitioned tables, and a tenant may be on one.
        var scans = (reference && !partitioned) || definition.startsWith("CHECK");
        if (!scans) {
            var who = reference ? "nobody can write to " : "nobody can use ";
            return List.of(DdlStatement.of(add + definition).blocking(who + id.relation()));
        }
        return List.of(
                DdlStatement.of(add + definition + " NOT VALID"),
                DdlStatement.afterwards(
                        "ALTER TABLE " + id.relation() + " VALIDATE CONSTRAINT " + id.name()));
    }

    List<DdlStatement> index(CatalogItem item) {
        var definition = item.text(Attribute.DEFINITION);
        var relation = item.id().relation();
        if (definition.contains(" ON ONLY ") && item.has(Attribute.VALIDITY)) {
            return new PartitionedIndexes(from, to).alone(item, how(relation));
        }
        return List.of(how(relation).apply(definition.replaceFirst(" ON ONLY ", " ON ")));
    }

    /** How a statement about an index runs where its table is in use. */
    private Function<String, DdlStatement> how(String relation) {
        if (!inUse(relation) && !isPartitioned(relation)) {
            return DdlStatement::of;
        }
        return sql ->
                DdlStatement.alone(
                        sql.startsWith("ALTER ") || sql.contains(" ON ONLY ")
                                ? sql
                                : sql.replaceFirst(" INDEX ", " INDEX CONCURRENTLY "));
    }

    /** A new index takes the place of an old one of its name, which serves until then. */
    List<DdlStatement> replaceIndex(CatalogItem after) {
        var name = after.id().name();
        var build = spare.beside(name, "new");
        return List.of(
                concurrently(after, build),
                DdlStatement.alone("DROP INDEX CONCURRENTLY " + name),
                DdlStatement.afterwards(
                        "ALTER INDEX "
                                + DdlWords.schema(name)
                                + build
                                + " RENAME TO "
                                + DdlWords.bare(name)));
    }

    /** An index under another name, built while its table is used. */
    static DdlStatement concurrently(CatalogItem index, String name) {
        return DdlStatement.alone(
                index.text(Attribute.DEFINITION)
                        .replaceFirst(
                                " INDEX " + Pattern.quote(DdlWords.bare(index.id().name())) + " ",
                                Matcher.quoteReplacement(" INDEX CONCURRENTLY " + name + " ")));
    }

    DdlStatement dropIndex(ItemId id) {
        // Nothing but CASCADE frees the index of a partition's own key from the one it serves.
        var along = new PartitionedIndexes(from, to).ownBehind(id).isEmpty() ? "" : " CASCADE";
        if (isPartitioned(id.relation())) {
            return DdlStatement.alone("DROP INDEX " + id.name() + along);
        }
        return inUse(id.relation())
                ? DdlStatement.alone("DROP INDEX CONCURRENTLY " + id.name())
                : DdlStatement.of("DROP INDEX " + id.name() + along);
    }

    /** Lets a validated check vouch, so that SET NOT NULL need not scan under its lock. */
    List<DdlStatement> notNull(ItemId column) {
        var table = "ALTER TABLE " + column.relation();
        var set = table + " ALTER COLUMN " + column.name() + " SET NOT NULL";
        if (!inUse(column.relation()) && !isPartitioned(column.relation())) {
            return List.of(DdlStatement.of(set));
        }
        var name = spare.beside(column.name(), "not_null");
        return List.of(
                DdlStatement.of(
                        table
                                + " ADD CONSTRAINT "
                                + name
                                + " CHECK ("
                                + column.name()
                                + " IS NOT NULL) NOT VALID"),
                DdlStatement.afterwards(table + " VALIDATE CONSTRAINT " + name),
                DdlStatement.of(set),
                DdlStatement.of(table + " DROP CONSTRAINT " + name));
    }

    /** Names for what stands for a while. */
    SpareNames spare() {
        return spare;
    }

    Catalog from() {
        return from;
    }

    Catalog to() {
        return to;
    }
}
