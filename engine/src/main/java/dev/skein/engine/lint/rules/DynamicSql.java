// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.catalog.Kind;
import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;
import java.util.List;
import java.util.regex.Pattern;

/** A function that puts SQL together from texts. */
final class DynamicSql extends Base {
    private static final Pattern DYNAMIC =
            Pattern.compile("(?is)\\bEXECUTE\\s+(?!FUNCTION|PROCEDURE|format)[^;]*\\|\\|");

    DynamicSql() {
        super("SK608", "dynamic-sql", Level.ADVICE);
    }

    @Override
    public void judge(Effect effect, Found found) {
        for (var kind : List.of(Kind.FUNCTION, Kind.PROCEDURE)) {
            for (var routine : effect.now(kind)) {
                if (DYNAMIC.matcher(routine.text("definition")).find()) {
                    found.tell(
                            routine.id() + " runs a text that is put together with ||",
                            "EXECUTE format('… %I …', name) USING value");
                }
            }
        }
    }
}
