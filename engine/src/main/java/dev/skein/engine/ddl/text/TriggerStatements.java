// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.CatalogItem;
import dev.skein.engine.catalog.ObjectKind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Triggers, rules and event triggers, with their being enabled or not. */
public final class TriggerStatements {
    private TriggerStatements() {}

    public static List<DdlStatement> create(CatalogItem item) {
        var statements = new ArrayList<DdlStatement>();
        var own =
                item.id().kind() == ObjectKind.EVENT_TRIGGER
                        ? eventTrigger(item)
                        : DdlWords.definition(item);
        statements.add(DdlStatement.of(own));
        if (item.has(Attribute.STATE)) {
            statements.add(DdlStatement.of(state(item)));
        }
        return statements;
    }

    /** For triggers and rules: the statements, or null where only a new one will do. */
    public static @Nullable List<DdlStatement> change(CatalogItem before, CatalogItem after) {
        return before.differs(after, Attribute.DEFINITION)
                ? null
                : List.of(DdlStatement.of(state(after)));
    }

    /** The same for an event trigger. */
    public static @Nullable List<DdlStatement> changeEvent(CatalogItem before, CatalogItem after) {
        for (var fixed : List.of(Attribute.EVENT, Attribute.FUNCTION, Attribute.TAGS)) {
            if (before.differs(after, fixed)) {
                return null;
            }
        }
        return List.of(DdlStatement.of(state(after)));
    }

    /** ENABLE and DISABLE of triggers and rules. */
    public static String state(CatalogItem item) {
        if (item.id().kind() == ObjectKind.EVENT_TRIGGER) {
            var state = item.has(Attribute.STATE) ? item.text(Attribute.STATE) : "ENABLE";
            return "ALTER EVENT TRIGGER " + item.id().name() + " " + state;
        }
        return "ALTER TABLE "
                + item.id().relation()
                + " "
                + (item.has(Attribute.STATE) ? item.text(Attribute.STATE) : "ENABLE")
                + (item.id().kind() == ObjectKind.RULE ? " RULE " : " TRIGGER ")
                + item.id().name();
    }

    private static String eventTrigger(CatalogItem item) {
        return "CREATE EVENT TRIGGER "
                + item.id().name()
                + " ON "
                + item.text(Attribute.EVENT)
                + (item.has(Attribute.TAGS)
                        ? " WHEN TAG IN (" + item.text(Attribute.TAGS) + ")"
                        : "")
                + " EXECUTE FUNCTION "
                + item.text(Attribute.FUNCTION)
                + "()";
    }
}
