// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.common;

import java.util.Locale;

/** A question that somebody at a terminal says yes or no to. */
public final class YesQuestion {
    private YesQuestion() {}

    /** Whether the person at the terminal says yes; no where there is none. */
    public static boolean isAgreed(Output out, String question) {
        var console = out.isTerminal() ? System.console() : null;
        if (console == null || !console.isTerminal()) {
            return false;
        }
        var answer = console.readLine("%s [y/N] ", question);
        return answer != null && answer.strip().toLowerCase(Locale.ROOT).startsWith("y");
    }
}
