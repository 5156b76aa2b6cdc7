// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.control;

import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.fleet.client.FleetCommand;
import picocli.CommandLine.Command;

/** {@code skein control status}. */
@Command(
        name = "status",
        description =
                "Whether the control plane decides anything; exit with 4 where it has stopped.")
final class ControlStatusCommand extends FleetCommand {
    private static final int STOPPED = 4;

    @Override
    public Integer call() {
        try (var api = client()) {
            var state = api.get("/api/control");
            var stopped = state.hasNonNull("stopped");
            if (isJson()) {
                out().json(state);
            } else if (!stopped) {
                out().result("The control plane decides.");
            } else {
                out().result(
                                "Nothing is decided or sent since "
                                        + state.path("stopped").asText()
                                        + ": "
                                        + state.path("found").asText()
                                        + ".");
                out().result(
                                CliWords.counted(
                                                state.path("lostDecisions").asInt(),
                                                "published decision")
                                        + " not in the database.");
                out().result(state.path("remedy").asText());
            }
            if (!isJson()) {
                state.path("topics").forEach(words -> out().result(words.asText()));
            }
            return stopped ? STOPPED : 0;
        }
    }
}
