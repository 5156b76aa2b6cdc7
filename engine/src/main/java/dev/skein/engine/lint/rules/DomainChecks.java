// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.ItemId;
import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;

/** A check on a domain, which is a check on every column of it. */
final class DomainChecks extends Base {
    DomainChecks() {
        super("SK708", "domain-constraint", Level.WARNING);
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var check : effect.made(Kind.DOMAIN_CONSTRAINT)) {
            var domain = new ItemId(Kind.DOMAIN, "", check.id().relation());
            if (effect.isOld(domain) && !check.text("definition").endsWith("NOT VALID")) {
                found.tell(
                        "every column of type " + domain.name() + " is read under its lock",
                        "ADD CONSTRAINT … NOT VALID; then VALIDATE CONSTRAINT in a revision of its"
                                + " own");
            }
        }
    }
}
