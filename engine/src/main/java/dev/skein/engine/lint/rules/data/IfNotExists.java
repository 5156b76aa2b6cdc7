// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.data;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.lint.rules.support.StatementWords;

/** IF NOT EXISTS, which takes whatever has the name. */
public final class IfNotExists extends RuleBase {
    public IfNotExists() {
        super("SK408", "if-not-exists", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        var creates =
                effect.statement().starts("CREATE") || effect.statement().starts("ALTER TABLE");
        var extension =
                effect.statement().starts("CREATE EXTENSION")
                        || effect.statement().starts("CREATE SCHEMA");
        if (creates && !extension && StatementWords.in(effect, "IF", "NOT", "EXISTS")) {
            found.tell(
                    "whatever has the name on some tenant is taken for this, whatever it is",
                    "Leave IF NOT EXISTS out: a revision runs once, and --@ precheck can ask");
        }
    }
}
