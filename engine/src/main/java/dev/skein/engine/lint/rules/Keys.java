// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import java.util.List;
import java.util.Locale;

/** Constraints that a statement added to tables in use. */
final class Keys {
    private Keys() {}

    /** Those whose definition begins with a word. */
    static List<ItemId> added(Effect effect, String word) {
        return effect.made(Kind.CONSTRAINT).stream()
                .filter(c -> c.text("definition").startsWith(word))
                .map(CatalogItem::id)
                .filter(id -> effect.isInUse(id.relation()))
                .toList();
    }

    /** Those for which an index was built; not those that took one over. */
    static List<ItemId> built(Effect effect, String word) {
        var took =
                effect.statement()
                        .sql()
                        .toUpperCase(Locale.ROOT)
                        .replaceAll("\\s+", " ")
                        .contains(" USING INDEX ");
        return took ? List.of() : added(effect, word);
    }

    static String definition(Effect effect, ItemId id) {
        return effect.made(Kind.CONSTRAINT).stream()
                .filter(c -> c.id().equals(id))
                .map(c -> c.text("definition"))
                .findFirst()
                .orElse("");
    }
}
