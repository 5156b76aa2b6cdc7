// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.FleetStatus;
import dev.skein.agent.cli.fleet.answer.FleetStatus.Agent;
import dev.skein.agent.cli.fleet.answer.FleetStatus.Problem;
import dev.skein.agent.cli.fleet.answer.FleetStatus.Stall;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.rollout.RolloutText;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein status}. */
@Command(name = "status", description = "Show the fleet at a glance.")
public final class StatusCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Override
    public Integer call() {
        try (var client = fleet.client()) {
            var answer = client.get("/api/status");
            if (isJson()) {
                out().json(answer);
            } else {
                print(AnswerReader.read(answer, FleetStatus.class));
            }
        }
        return 0;
    }

    private void print(FleetStatus status) {
        if (!status.stopped().isEmpty()) {
            var since = " since " + status.stopped();
            out().result(out().bad("stopped") + since + ", see: skein control status");
        }
        out().result(CliWords.counted(status.databases(), "database"));
        counts("at", status.byHeads(), "base");
        status.problems().forEach(problem -> out().result(line(problem)));
        status.discord().forEach(words -> out().result("  " + out().bad(words)));
        status.agents().forEach(agent -> out().result(line(agent)));
        counts("rollouts", status.rollouts(), "");
        status.stalled().forEach(stall -> out().result(line(stall)));
    }

    private String line(Agent agent) {
        return "  agent %s at %s: %s, %s, %d running, started %s"
                .formatted(
                        agent.id(),
                        agent.site(),
                        agent.alive()
                                ? out().good("alive")
                                : out().bad("silent since " + agent.seen()),
                        CliWords.counted(agent.databases(), "database"),
                        agent.running(),
                        agent.started().isEmpty() ? "-" : agent.started());
    }

    private String line(Stall stall) {
        return "  rollout %s: %s".formatted(stall.rollout(), out().bad(RolloutText.stalled(stall)));
    }

    private String line(Problem problem) {
        var since = problem.notSeenSince();
        return "  %5d on %s/%s: %s%s (%s%s)"
                .formatted(
                        problem.databases(),
                        problem.site(),
                        problem.server(),
                        out().bad(problem.problem()),
                        since.isEmpty() ? "" : ", not seen since " + since,
                        String.join(" ", problem.examples()),
                        problem.databases() > problem.examples().size() ? " …" : "");
    }

    private void counts(String word, Map<String, Long> counts, String empty) {
        counts.forEach((key, count) ->
                out().result("  %5d %s %s".formatted(count, word, key.isEmpty() ? empty : key)));
    }
}
