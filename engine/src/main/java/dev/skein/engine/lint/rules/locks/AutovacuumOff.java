// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** Autovacuum switched off. */
public final class AutovacuumOff extends RuleBase {
    private static final java.util.regex.Pattern OFF =
            java.util.regex.Pattern.compile("autovacuum_enabled=(false|off|no|0)");

    public AutovacuumOff() {
        super("SK133", "autovacuum-off", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var difference : effect.differences()) {
            var after = difference.after();
            var before = difference.before();
            var was = before != null && OFF.matcher(before.text(Attribute.OPTIONS)).find();
            if (difference.id().kind() == ObjectKind.TABLE
                    && after != null
                    && !was
                    && OFF.matcher(after.text(Attribute.OPTIONS)).find()) {
                found.tell(
                        difference.id().name() + " bloats, and its transaction ids run out",
                        "Leave it on; make it gentler if it hurts");
            }
        }
    }
}
