// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.lint;

import java.util.Locale;

/** How much a finding weighs. */
public enum LintLevel {
    /** Good to know; never fails a check. */
    ADVICE,
    /** Needs somebody's eyes. */
    WARNING,
    /** Blocks a table in use, or loses something. */
    ERROR;

    /** As reports and settings write it. */
    public String words() {
        return name().toLowerCase(Locale.ROOT);
    }
}
