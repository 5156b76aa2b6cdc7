// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.SpareNames;
import java.util.List;
import java.util.Set;

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
    boolean isPartitioned(String relation) {
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
        if (!isValidatedAfterwards(definition, partitioned)) {
            return List.of(DdlStatement.of(add + definition).blocking(whom(definition, id)));
        }
        var validate = "ALTER TABLE " + id.relation() + " VALIDATE CONSTRAINT " + id.name();
        return List.of(
                DdlStatement.of(add + definition + " NOT VALID"),
                DdlStatement.afterwards(validate));
    }

    /** Whether rows can be held against a constraint later, while others go on. */
    private static boolean isValidatedAfterwards(String definition, boolean partitioned) {
        // Servers before 18 refuse such keys of partitioned tables, and a tenant may be on one.
        return (definition.startsWith("FOREIGN KEY") && !partitioned)
                || definition.startsWith("CHECK");
    }

    private static String whom(String definition, ItemId id) {
        var who = definition.startsWith("FOREIGN KEY") ? "nobody can write to " : "nobody can use ";
        return who + id.relation();
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

    IndexForms indexes() {
        return new IndexForms(this);
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
