// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.control;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.ControlState;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein control status}. */
@Command(
        name = "status",
        description =
                "Whether the control plane decides anything, and can send it; exit with 4 where it"
                        + " has stopped, or something cannot be sent.")
final class ControlStatusCommand extends BaseCommand {
    private static final int AMISS = 4;

    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Override
    public Integer call() {
        try (var api = fleet.client()) {
            var answer = api.get("/api/control");
            var state = AnswerReader.read(answer, ControlState.class);
            if (isJson()) {
                out().json(answer);
            } else {
                print(state);
            }
            return state.isStopped() || !state.unsent().isEmpty() ? AMISS : 0;
        }
    }

    private void print(ControlState state) {
        if (state.isStopped()) {
            var since = "Nothing is decided or sent since " + state.stopped();
            out().result(since + ": " + state.found() + ".");
            out().result(
                            CliWords.counted(state.lostDecisions(), "published decision")
                                    + " not in the database.");
            out().result(state.remedy());
        } else {
            out().result("The control plane decides.");
        }
        state.unsent().forEach(one -> out().result(line(one)));
        if (!state.sender().isEmpty()) {
            out().say(
                            "Another replica sends, process "
                                    + state.sender()
                                    + "; what it cannot send it alone tells");
        }
        state.topics().forEach(out()::result);
    }

    private static String line(ControlState.Unsent one) {
        return "%s: not sent, %s: %s"
                .formatted(
                        one.route(),
                        one.tries() == 1 ? "1 try" : one.tries() + " tries",
                        one.reason());
    }
}
