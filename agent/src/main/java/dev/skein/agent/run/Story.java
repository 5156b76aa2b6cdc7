// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.run;

import dev.skein.engine.event.DatabaseReport;
import org.jspecify.annotations.Nullable;

/**
 * How a directive ended here.
 *
 * @param isSettled whether it is over: not if it was stopped between two steps
 * @param isOld whether it ended in an earlier run, so that whoever asks again missed the word
 * @param answer what must be said because the journal does not say it
 */
record Story(boolean isSettled, boolean isOld, DatabaseReport.@Nullable Answer answer) {
    /** The journal says it. */
    static final Story JOURNALED = new Story(true, false, null);

    /** The journal has said it before. */
    static final Story ANSWERED = new Story(true, true, null);

    /** Stopped as asked; whoever asked is answered by the directive that asked. */
    static final Story HELD = new Story(false, false, null);

    String inWords() {
        if (!isSettled) {
            return "held";
        }
        return answer == null
                ? "ended, the journal says how"
                : answer.kind() + " " + answer.message();
    }
}
