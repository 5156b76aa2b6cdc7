// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.TriggerStatements;
import java.util.ArrayList;
import java.util.List;

/**
 * The server's own triggers behind keys. They have no names that could be written, so all of a
 * table's triggers go together, and those with a name get back what they must have.
 */
final class ConstraintTriggers {
    private ConstraintTriggers() {}

    static List<DdlStatement> enable(ItemId id, Catalog from, Catalog to) {
        return setAll(id, "ENABLE", from, to);
    }

    static List<DdlStatement> disable(ItemId id, Catalog from, Catalog to) {
        return setAll(id, "DISABLE", from, to);
    }

    private static List<DdlStatement> setAll(ItemId id, String state, Catalog from, Catalog to) {
        var statements = new ArrayList<DdlStatement>();
        statements.add(
                DdlStatement.of("ALTER TABLE " + id.relation() + " " + state + " TRIGGER ALL"));
        for (CatalogItem trigger : to.members(id.relation())) {
            var is = trigger.has(Attribute.STATE) ? trigger.text(Attribute.STATE) : "ENABLE";
            if (trigger.id().kind() == ObjectKind.TRIGGER
                    && from.get(trigger.id()) != null
                    && !is.equals(state)) {
                statements.add(DdlStatement.of(TriggerStatements.state(trigger)));
            }
        }
        return statements;
    }
}
