// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.FleetStatus.Agent;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.TextTable;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein agents}. */
@Command(
        name = "agents",
        description = "List the agents of the fleet.",
        subcommands = AgentsForgetCommand.class)
public final class AgentsCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Override
    public Integer call() {
        try (var client = fleet.client()) {
            var agents = client.get("/api/status").path("agents");
            if (isJson()) {
                out().json(agents);
            } else {
                print(AnswerReader.list(agents, Agent.class));
            }
        }
        return 0;
    }

    private void print(List<Agent> agents) {
        var table = new TextTable("AGENT", "SITE", "DATABASES", "RUNNING", "");
        for (var a : agents) {
            table.row(a.id(), a.site(), a.databases(), a.running(), life(a));
        }
        table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
        out().say(CliWords.counted(agents.size(), "agent"));
    }

    private static String life(Agent a) {
        var life = a.alive() ? "alive" : "silent since " + a.seen();
        return a.refused() == 0
                ? life
                : "%s; could not take %s, the last: %s"
                        .formatted(life, CliWords.counted(a.refused(), "record"), a.refusedLast());
    }
}
