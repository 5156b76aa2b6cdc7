// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.engine.event.DatabaseReport.Answer;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import java.util.List;

/** What is said of a directive whose database nobody knows here. Pure. */
public final class AbsenceReasons {
    private AbsenceReasons() {}

    /**
     * That it is left alone, as was asked, where it cannot be here.
     *
     * @param unlisted servers that it may be on, and something older run there
     */
    public static Answer held(Directive directive, List<String> unlisted) {
        return unlisted.isEmpty()
                ? new Answer(directive.generation(), Kind.HELD, "nothing runs: it is not here")
                : answer(directive, unlisted);
    }

    /** What is waited for as long as it may still be found. */
    static String soFar(List<String> unlisted) {
        return unlisted.isEmpty()
                ? "it is not known at this site yet"
                : "it is not known yet, as server "
                        + String.join(", ", unlisted)
                        + " cannot be reached";
    }

    /**
     * An answer in any case: whoever waits for one would wait for ever.
     *
     * @param unlisted servers that it may be on, as their databases are not known yet
     */
    public static Answer answer(Directive directive, List<String> unlisted) {
        if (unlisted.isEmpty()) {
            var message = "there is no such database at this site";
            return new Answer(directive.generation(), Kind.REFUSED, message);
        }
        var message =
                "it is not known here, and server "
                        + String.join(", ", unlisted)
                        + " could not be reached since the agent started";
        return new Answer(directive.generation(), Kind.UNREACHABLE, message);
    }
}
