// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A check on a domain, which is a check on every column of it. */
public final class DomainConstraint extends RuleBase {
    public DomainConstraint() {
        super("SK708", "domain-constraint", LintLevel.WARNING);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var check : effect.made(ObjectKind.DOMAIN_CONSTRAINT)) {
            var domain = new ItemId(ObjectKind.DOMAIN, "", check.id().relation());
            if (effect.isOld(domain) && !check.text(Attribute.DEFINITION).endsWith("NOT VALID")) {
                found.tell(
                        "every column of type " + domain.name() + " is read under its lock",
                        "ADD CONSTRAINT … NOT VALID; then VALIDATE CONSTRAINT in a revision of its"
                                + " own");
            }
        }
    }
}
