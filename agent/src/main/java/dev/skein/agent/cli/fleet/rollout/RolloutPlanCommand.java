// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.Durations;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.ShownPlan;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.PatientClient;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein rollout plan}. */
@Command(name = "plan", description = "Show who gets what, in which wave.")
final class RolloutPlanCommand extends BaseCommand {
    private static final Duration LOOK = Duration.ofMillis(300);

    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Parameters(paramLabel = "ROLLOUT", description = "Its name.")
    private String id;

    @Option(
            names = "--wait",
            paramLabel = "SECONDS|TIME",
            arity = "0..1",
            fallbackValue = "5m",
            defaultValue = "0",
            converter = Durations.Seconds.class,
            description =
                    "Wait until the agents have rehearsed the ways back, so long at most (default:"
                            + " ${FALLBACK-VALUE}). A control plane that restarts is waited for.")
    private Duration wait;

    @Option(
            names = "--all",
            description = "Name every database: those of each wave, and those that are set aside.")
    private boolean all;

    @Override
    public Integer call() {
        try (var client = fleet.client()) {
            await(client);
            var output = new PlanOutput(out(), isJson());
            if (all) {
                output.printAll(client, id);
            } else {
                output.print(client, id);
            }
        }
        return 0;
    }

    private void await(ApiClient client) {
        long end = System.nanoTime() + wait.toNanos();
        var patient = new PatientClient(client, out());
        while (System.nanoTime() < end && isToWaitFor(patient)) {
            try {
                Thread.sleep(LOOK);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private boolean isToWaitFor(PatientClient patient) {
        return patient.look(RolloutPaths.of(id, "/plan"))
                .map(RolloutPlanCommand::isRehearsing)
                .orElse(true);
    }

    private static boolean isRehearsing(JsonNode answer) {
        return AnswerReader.read(answer, ShownPlan.class).rehearsing() > 0;
    }
}
