// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.lint.Effect;
import dev.skein.engine.lint.Level;
import java.util.regex.Pattern;

/** A name that the server cuts at 63 bytes. */
final class CutName extends Base {
    private static final int LONGEST = 63;
    private static final Pattern NAME =
            Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_$]{15,}|(?<=\")[^\"]{16,}(?=\")");

    CutName() {
        super("SK714", "name-too-long", Level.ERROR);
    }

    @Override
    public void judge(Effect effect, Found found) {
        var bare =
                effect.statement().sql().replaceAll("(?s)'(?:[^']|'')*'|--[^\n]*|/\\*.*?\\*/", " ");
        var names = NAME.matcher(bare);
        while (names.find()) {
            if (names.group().getBytes(java.nio.charset.StandardCharsets.UTF_8).length > LONGEST) {
                found.tell(
                        names.group() + " is cut to 63 bytes, without an error", "A shorter name");
            }
        }
    }
}
