// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.order.Outcome;

/** What an outcome that is not the wished one means to a person. */
final class OutcomeMeaning {
    private OutcomeMeaning() {}

    static SkeinException error(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Failed failed -> failed.error();
            case Outcome.Refused refused -> refused.reason();
            case Outcome.Lost lost -> lost.reason();
            case Outcome.Occupied occupied -> occupied.reason();
            case Outcome.Superseded s ->
                    SkeinException.failed("The run", "superseded by " + s.accepted(), "");
            case Outcome.Done d -> throw new IllegalArgumentException("it is done");
            case Outcome.Held h -> throw new IllegalArgumentException("it is held");
            case Outcome.Answered a -> throw new IllegalArgumentException("only for directives");
        };
    }
}
