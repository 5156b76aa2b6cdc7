// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;
import java.util.regex.Pattern;

/** INSERT without a list of columns. */
final class InsertWithoutColumns extends Base {
    private static final Pattern INSERT =
            Pattern.compile("(?is)^\\s*INSERT\\s+INTO\\s+[^\\s(]+\\s+(VALUES|SELECT|TABLE)\\b");

    InsertWithoutColumns() {
        super("SK604", "insert-without-columns", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        if (INSERT.matcher(effect.statement().sql()).find()) {
            found.tell(
                    "it depends on the order of columns, which differs from tenant to tenant",
                    "INSERT INTO table (columns) …");
        }
    }
}
