// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.loss;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.lint.rules.support.TypeBounds;

/** A type that does not hold what its column may hold. */
public final class NarrowerType extends RuleBase {
    public NarrowerType() {
        super("SK307", "narrower-type", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        for (var change : effect.changed(ObjectKind.COLUMN, Attribute.TYPE)) {
            var before = change.before();
            var after = change.after();
            if (before != null
                    && after != null
                    && effect.isInUse(change.id().relation())
                    && TypeBounds.isNarrower(
                            before.text(Attribute.TYPE), after.text(Attribute.TYPE))) {
                found.tell(
                        change.id().fullName()
                                + ": "
                                + after.text(Attribute.TYPE)
                                + " does not hold every "
                                + before.text(Attribute.TYPE),
                        "--@ precheck that no value is too long or too large");
            }
        }
    }
}
