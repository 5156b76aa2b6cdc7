// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** A table without a primary key. */
public final class NoPrimaryKey extends RuleBase {
    public NoPrimaryKey() {
        super("SK709", "no-primary-key", LintLevel.WARNING);
    }

    @Override
    public boolean isAboutWhole() {
        return true;
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var table : effect.made(ObjectKind.TABLE)) {
            var name = table.id().name();
            var keyed =
                    effect.made(ObjectKind.CONSTRAINT).stream()
                            .anyMatch(c ->
                                    c.id().relation().equals(name)
                                            && c.text(Attribute.DEFINITION)
                                                    .startsWith("PRIMARY KEY"));
            if (!keyed && !table.has(Attribute.PARTITION_BOUND) && !table.has(Attribute.PARENTS)) {
                found.tellOf(
                        table.id(),
                        name + " has no primary key: its rows cannot be told apart, nor replicated",
                        "id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY");
            }
        }
    }
}
