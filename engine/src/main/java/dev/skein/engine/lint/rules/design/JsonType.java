// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.catalog.Attribute;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;

/** Columns of type json. */
public final class JsonType extends RuleBase {
    public JsonType() {
        super("SK701", "json-type", LintLevel.ADVICE);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {

        for (var column : effect.made(ObjectKind.COLUMN)) {
            if (column.text(Attribute.TYPE).equals("json")) {
                found.tell(
                        column.id().fullName() + " is json: it has no equality and no index",
                        "jsonb");
            }
        }
    }
}
