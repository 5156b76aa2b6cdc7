// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.StatedReason;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code skein agents forget}. */
@Command(
        name = "forget",
        description =
                "Forget agents that are gone for good; the decision is kept. One that is heard"
                        + " of again is back by itself.",
        footer = {"", "  skein agents forget eu-2 --reason \"its machine was returned\""})
final class AgentsForgetCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final StatedReason reason = new StatedReason();

    @Parameters(paramLabel = "AGENT", arity = "1..*", description = "As 'skein agents' lists them.")
    private List<String> agents;

    @Override
    public Integer call() {
        try (var client = fleet.client()) {
            var ids = new LinkedHashSet<>(agents);
            var decided = Map.of("agents", ids, "reason", reason.text());
            client.post("/api/agents/forget", decided);
            if (isJson()) {
                out().json(decided);
            } else {
                out().say("Forgot " + CliWords.counted(ids.size(), "agent"));
            }
        }
        return 0;
    }
}
