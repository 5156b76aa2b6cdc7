// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Rule.Found;

/** Constraints that rows which are there may break. */
final class Validations {
    private static final String LATER = " NOT VALID";

    private Validations() {}

    /** Tells of every constraint of a kind that is held against rows, where nothing asks before. */
    static void tell(Effect effect, String kind, String what, Found found) {
        if (!effect.script().precheck().isEmpty()) {
            return;
        }
        for (var key : Keys.added(effect, kind)) {
            var definition = Keys.definition(effect, key);
            if (!definition.endsWith(LATER) && !Keys.isOfNullsOnly(effect, key)) {
                say(key.fullName(), what, found);
            }
        }
        for (var change : effect.changed(Kind.CONSTRAINT, "definition")) {
            var before = change.before();
            var after = change.after();
            if (before != null
                    && after != null
                    && before.text("definition").startsWith(kind)
                    && before.text("definition").equals(after.text("definition") + LATER)) {
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
