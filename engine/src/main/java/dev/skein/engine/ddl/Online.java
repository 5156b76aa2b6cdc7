// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.Kind;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** The forms that keep a table usable while something is added to it or taken from it. */
final class Online {
    private static final Pattern KEY =
            Pattern.compile(
                    "(PRIMARY KEY|UNIQUE)( NULLS NOT DISTINCT)? (\\([^()]*\\)(?: INCLUDE"
                            + " \\([^()]*\\))?)( DEFERRABLE.*)?");

    private final Catalog from;
    private final Catalog to;
    private final boolean wanted;
    private final Set<ItemId> made;

    /**
     * @param wanted whether such forms are wanted at all
     * @param made what is made by the change: nobody uses it yet
     */
    Online(Catalog from, Catalog to, boolean wanted, Set<ItemId> made) {
        this.from = from;
        this.to = to;
        this.wanted = wanted;
        this.made = made;
    }

    /** Whether somebody may be using a table, and it is of a kind that online forms work on. */
    boolean inUse(String relation) {
        if (!wanted) {
            return false;
        }
        var table = new ItemId(Kind.TABLE, "", relation);
        var view = new ItemId(Kind.MATERIALIZED_VIEW, "", relation);
        var item = from.get(table);
        if (item == null) {
            return from.get(view) != null && !made.contains(view);
        }
        return !made.contains(table) && !item.has("partition key");
    }

    /** Whether it is a partitioned table in use: its checks can be validated afterwards, too. */
    private boolean isPartitioned(String relation) {
        var table = new ItemId(Kind.TABLE, "", relation);
        var item = from.get(table);
        return wanted && item != null && !made.contains(table) && item.has("partition key");
    }

    List<Statement> constraint(CatalogItem item) {
        var id = item.id();
        var definition = item.text("definition");
        var add = "ALTER TABLE " + id.relation() + " ADD CONSTRAINT " + id.name() + " ";
        var partitioned = isPartitioned(id.relation());
        if (!inUse(id.relation()) && !partitioned) {
            return List.of(Statement.of(add + definition));
        }
        var key = KEY.matcher(definition);
        if (key.matches() && !definition.contains("WITHOUT OVERLAPS") && !partitioned) {
            var index =
                    "CREATE UNIQUE INDEX CONCURRENTLY "
                            + id.name()
                            + " ON "
                            + id.relation()
                            + " "
                            + key.group(3)
                            + (key.group(2) == null ? "" : key.group(2));
            var using = key.group(1) + " USING INDEX " + id.name();
            var defer = key.group(4) == null ? "" : key.group(4);
            return List.of(Statement.alone(index), Statement.of(add + using + defer));
        }
        var reference = definition.startsWith("FOREIGN KEY") && !partitioned;
        var scans = reference || definition.startsWith("CHECK");
        if (!scans || definition.endsWith("NOT VALID") || definition.endsWith("NOT ENFORCED")) {
            return List.of(Statement.of(add + definition));
        }
        return List.of(
                Statement.of(add + definition + " NOT VALID"),
                Statement.afterwards(
                        "ALTER TABLE " + id.relation() + " VALIDATE CONSTRAINT " + id.name()));
    }

    List<Statement> index(CatalogItem item) {
        var definition = item.text("definition").replaceFirst(" ON ONLY ", " ON ");
        return List.of(
                inUse(item.id().relation())
                        ? Statement.alone(
                                definition.replaceFirst(" INDEX ", " INDEX CONCURRENTLY "))
                        : Statement.of(definition));
    }

    /** A new index takes the place of an old one of its name, which serves until then. */
    List<Statement> replaceIndex(CatalogItem after) {
        var name = after.id().name();
        var build = Words.suffixed(Words.bare(name), "__new");
        var definition =
                after.text("definition")
                        .replaceFirst(
                                " INDEX " + Pattern.quote(Words.bare(name)) + " ",
                                java.util.regex.Matcher.quoteReplacement(
                                        " INDEX CONCURRENTLY " + build + " "));
        return List.of(
                Statement.alone(definition),
                Statement.alone("DROP INDEX CONCURRENTLY " + name),
                new Statement(
                        "ALTER INDEX "
                                + Words.schema(name)
                                + build
                                + " RENAME TO "
                                + Words.bare(name),
                        Statement.Mode.AFTERWARDS,
                        null));
    }

    Statement dropIndex(ItemId id) {
        return inUse(id.relation())
                ? Statement.alone("DROP INDEX CONCURRENTLY " + id.name())
                : Statement.of("DROP INDEX " + id.name());
    }

    /** Lets a validated check vouch, so that SET NOT NULL need not scan under its lock. */
    List<Statement> notNull(ItemId column) {
        var table = "ALTER TABLE " + column.relation();
        var set = table + " ALTER COLUMN " + column.name() + " SET NOT NULL";
        if (!inUse(column.relation()) && !isPartitioned(column.relation())) {
            return List.of(Statement.of(set));
        }
        var name = Words.suffixed(column.name(), "__not_null");
        return List.of(
                Statement.of(
                        table
                                + " ADD CONSTRAINT "
                                + name
                                + " CHECK ("
                                + column.name()
                                + " IS NOT NULL) NOT VALID"),
                Statement.afterwards(table + " VALIDATE CONSTRAINT " + name),
                Statement.of(set),
                Statement.of(table + " DROP CONSTRAINT " + name));
    }

    Catalog to() {
        return to;
    }
}
