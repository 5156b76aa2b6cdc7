// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint.rules;

import dev.skein.engine.script.Piece;
import java.util.regex.Pattern;

/** Settings of bounds. */
final class Timeouts {
    private Timeouts() {}

    /** Whether a statement takes a bound away. */
    static boolean isSwitchedOff(Piece.Statement statement, String setting) {
        return Pattern.compile(
                        "(?is)^\\s*SET\\s+(LOCAL\\s+|SESSION\\s+)?"
                                + setting
                                + "\\s*(=|TO)\\s*('?0+\\w*'?|DEFAULT)\\s*$")
                .matcher(statement.sql())
                .find();
    }
}
