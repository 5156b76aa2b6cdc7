// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.ReasonGiven;
import dev.skein.agent.cli.fleet.client.FleetCommand;
import dev.skein.agent.cli.fleet.client.TextTable;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein agents}. */
@Command(
        name = "agents",
        description = "List the agents of the fleet.",
        subcommands = AgentsCommand.Forget.class)
public final class AgentsCommand extends FleetCommand {
    @Override
    public Integer call() {
        try (var client = client()) {
            var agents = client.get("/api/status").path("agents");
            if (isJson()) {
                out().json(agents);
                return 0;
            }
            var table = new TextTable("AGENT", "SITE", "DATABASES", "RUNNING", "");
            for (var a : agents) {
                table.row(
                        a.path("id").asText(),
                        a.path("site").asText(),
                        a.path("databases").asInt(),
                        a.path("running").asInt(),
                        a.path("alive").asBoolean()
                                ? "alive"
                                : "silent since " + a.path("seen").asText());
            }
            table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
            out().say(CliWords.counted(agents.size(), "agent"));
        }
        return 0;
    }

    /** Forgets some. */
    @Command(
            name = "forget",
            description =
                    "Forget agents that are gone for good; the decision is kept. One that is heard"
                            + " of again is back by itself.",
            footer = {"", "  skein agents forget eu-2 --reason \"its machine was returned\""})
    static final class Forget extends FleetCommand {
        @Parameters(
                paramLabel = "AGENT",
                arity = "1..*",
                description = "As 'skein agents' lists them.")
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
            try (var client = client()) {
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
}
