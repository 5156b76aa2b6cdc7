// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.ReasonGiven;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
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

    @Parameters(paramLabel = "AGENT", arity = "1..*", description = "As 'skein agents' lists them.")
    private List<String> agents;

    @Option(
            names = {"-r", "--reason"},
            required = true,
            paramLabel = "WHY",
            converter = ReasonGiven.class,
            description = "Why, which is recorded.")
    private String reason;

    @Override
    public Integer call() {
        try (var client = fleet.client()) {
            var ids = new LinkedHashSet<>(agents);
            var decided = Map.of("agents", ids, "reason", reason);
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
