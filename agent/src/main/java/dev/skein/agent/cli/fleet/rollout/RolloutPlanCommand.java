// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.Durations;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetCommand;
import dev.skein.agent.cli.fleet.client.PatientClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein rollout plan}. */
@Command(name = "plan", description = "Show who gets what, in which wave.")
final class RolloutPlanCommand extends FleetCommand {
    private static final int NAMED = 6;
    private static final Duration LOOK = Duration.ofMillis(300);

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

    @Override
    public Integer call() {
        try (var client = client()) {
            await(client);
            show(this, client, id);
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
        return patient.look(RolloutCommand.path(id, "/plan"))
                .map(plan -> plan.path("rehearsing").asInt() > 0)
                .orElse(true);
    }

    static void show(FleetCommand command, ApiClient client, String id) {
        var view = client.get(RolloutCommand.path(id, "/plan"));
        if (command.asJson()) {
            command.print(view.toString());
            return;
        }
        command.print("Plan of " + id + ", hash " + shortHash(view.path("hash").asText()));
        show(command, view.path("plan"));
        ways(command, view);
    }

    /** What is saved before, and what is known of the ways back. */
    private static void ways(FleetCommand command, JsonNode view) {
        if (!view.path("backup").asText().isEmpty()) {
            command.print("  backup before the first step: " + view.path("backup").asText());
        }
        view.path("ways")
                .properties()
                .forEach(way ->
                        command.print(
                                "  way back of %s: %s%s"
                                        .formatted(
                                                way.getKey(),
                                                way.getValue().path("grade").asText(),
                                                found(way.getValue()))));
        var unknown = new ArrayList<String>();
        view.path("unknown").forEach(id -> unknown.add(id.asText()));
        if (!unknown.isEmpty()) {
            var rehearsing = view.path("rehearsing").asInt() > 0;
            command.print(
                    "  way back of %s: not known%s"
                            .formatted(
                                    String.join(", ", unknown),
                                    rehearsing ? " yet, an agent rehearses it" : ""));
        }
        view.path("problems").forEach(p -> command.print("    " + p.asText()));
    }

    private static String found(JsonNode way) {
        return way.path("found").isTextual() ? " (" + way.path("found").asText() + ")" : "";
    }

    static void show(FleetCommand command, JsonNode plan) {
        for (var wave : plan.path("waves")) {
            var names = new ArrayList<String>();
            wave.path("members").forEach(m -> names.add(name(m)));
            command.print(
                    "  wave %-8s %4d %s: %s"
                            .formatted(
                                    wave.path("name").asText(),
                                    names.size(),
                                    names.size() == 1 ? "database" : "databases",
                                    some(names)));
        }
        for (var cohort : plan.path("cohorts")) {
            var path = new ArrayList<String>();
            cohort.path("path").forEach(r -> path.add(r.asText()));
            var heads = new ArrayList<String>();
            cohort.path("heads").forEach(r -> heads.add(r.asText()));
            command.print(
                    "  %s at %s (fingerprint %s) %s"
                            .formatted(
                                    databases(cohort.path("databases").asInt()),
                                    heads.isEmpty() ? "base" : String.join(", ", heads),
                                    shortHash(cohort.path("fingerprint").asText()),
                                    cohort.path("restored").asBoolean()
                                            ? "restored from backup"
                                            : "through " + String.join(" → ", path)));
        }
        plan.path("notes").forEach(note -> command.print("  " + note.asText()));
        for (var aside : plan.path("setAside")) {
            command.print(
                    "  set aside %s: %s".formatted(name(aside), aside.path("reason").asText()));
        }
    }

    static String databases(int number) {
        return CliWords.counted(number, "database");
    }

    private static String name(JsonNode member) {
        return member.path("site").asText() + "/" + member.path("name").asText();
    }

    private static String some(List<String> names) {
        var shown = String.join(" ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? shown + " …" : shown;
    }
}
