// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.locks;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** Row level security without a policy shows nobody anything. */
public final class RowSecurityWithoutPolicy extends RuleBase {
    public RowSecurityWithoutPolicy() {
        super("SK131", "row-security-without-policy", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var change : effect.changed(ObjectKind.TABLE, Attribute.ROW_SECURITY)) {
            var after = change.after();
            var table = change.id().name();
            if (after != null
                    && after.has(Attribute.ROW_SECURITY)
                    && effect.script().upgrade().statements().stream()
                            .noneMatch(s -> s.starts("CREATE POLICY"))) {
                found.tell(
                        "only the owner sees the rows of " + table + " from then on",
                        "CREATE POLICY in the same revision");
            }
        }
    }
}
