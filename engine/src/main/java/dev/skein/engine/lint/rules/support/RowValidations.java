// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.support;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintRule.Found;
import dev.skein.engine.lint.StatementEffect;

/** Constraints that rows which are there may break. */
public final class RowValidations {
    private static final String LATER = " NOT VALID";

    private RowValidations() {}

    /** Tells of every constraint of a kind that is held against rows, where nothing asks before. */
    public static void tell(StatementEffect effect, String kind, String what, Found found) {
        if (effect.script().precheck().isEmpty()) {
            tellAdded(effect, kind, what, found);
            tellValidated(effect, kind, what, found);
        }
    }

    private static void tellAdded(StatementEffect effect, String kind, String what, Found found) {
        for (var key : AddedKeys.added(effect, kind)) {
            var definition = AddedKeys.definition(effect, key);
            if (!definition.endsWith(LATER) && !AddedKeys.isOfNullsOnly(effect, key)) {
                say(key.fullName(), what, found);
            }
        }
    }

    private static void tellValidated(
            StatementEffect effect, String kind, String what, Found found) {
        for (var change : effect.changed(ObjectKind.CONSTRAINT, Attribute.DEFINITION)) {
            var before = change.before();
            var after = change.after();
            if (before != null
                    && after != null
                    && before.text(Attribute.DEFINITION).startsWith(kind)
                    && before.text(Attribute.DEFINITION)
                            .equals(after.text(Attribute.DEFINITION) + LATER)) {
                say(change.id().fullName(), what, found);
            }
        }
    }

    private static void say(String name, String what, Found found) {
        found.tell(
                name + " fails where there are " + what,
                "--@ precheck: a query that is true where there are none");
    }
}
