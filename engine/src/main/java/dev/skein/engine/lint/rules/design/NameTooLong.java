// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules.design;

import dev.skein.engine.lint.LintLevel;
import dev.skein.engine.lint.StatementEffect;
import dev.skein.engine.lint.rules.support.RuleBase;
import dev.skein.engine.script.TokenCursor;
import java.nio.charset.StandardCharsets;

/** A name that the server cuts at 63 bytes. */
public final class NameTooLong extends RuleBase {
    private static final int LONGEST = 63;

    public NameTooLong() {
        super("SK714", "name-too-long", LintLevel.ERROR);
    }

    @Override
    public void judge(StatementEffect effect, Found found) {
        TokenCursor.wordsAndNames(effect.statement().sql()).stream()
                .filter(name -> name.getBytes(StandardCharsets.UTF_8).length > LONGEST)
                .distinct()
                .forEach(name ->
                        found.tell(
                                name + " is cut to 63 bytes, without an error", "A shorter name"));
    }
}
