// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.CatalogLookup;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.DdlWords;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Indexes and constraints that differ in nothing but their name. */
final class RenamedParts {
    private RenamedParts() {}

    /** New ones to the old ones that they are. */
    static Map<ItemId, ItemId> pairs(
            Catalog from, Catalog to, Set<ItemId> drop, Set<ItemId> create) {
        var pairs = new TreeMap<ItemId, ItemId>();
        for (var old : drop) {
            var named = old.kind() == ObjectKind.INDEX || old.kind() == ObjectKind.CONSTRAINT;
            if (named && !create.contains(old)) {
                create.stream()
                        .filter(id -> from.get(id) == null && !pairs.containsKey(id))
                        .filter(id -> isSame(from, old, to, id))
                        .findFirst()
                        .ifPresent(id -> pairs.put(id, old));
            }
        }
        return pairs;
    }

    private static boolean isSame(Catalog from, ItemId old, Catalog to, ItemId fresh) {
        return fresh.kind() == old.kind()
                && fresh.relation().equals(old.relation())
                && nameless(CatalogLookup.known(to, fresh))
                        .equals(nameless(CatalogLookup.known(from, old)));
    }

    /** Everything about an index or a constraint but its name. */
    private static Map<String, String> nameless(CatalogItem item) {
        var attributes = new HashMap<>(item.attributes());
        if (item.id().kind() == ObjectKind.INDEX) {
            attributes.computeIfPresent(
                    Attribute.DEFINITION, (key, text) -> text.substring(text.indexOf(" ON ")));
            attributes.put(
                    "unique", String.valueOf(item.text(Attribute.DEFINITION).contains(" UNIQUE ")));
        }
        return attributes;
    }

    /** What gives one its new name. */
    static DdlStatement rename(ItemId id, ItemId old) {
        var alter =
                id.kind() == ObjectKind.INDEX
                        ? "ALTER INDEX %s RENAME TO %s"
                                .formatted(old.name(), DdlWords.bare(id.name()))
                        : "ALTER TABLE %s RENAME CONSTRAINT %s TO %s"
                                .formatted(id.relation(), old.name(), id.name());
        return DdlStatement.of(alter);
    }
}
