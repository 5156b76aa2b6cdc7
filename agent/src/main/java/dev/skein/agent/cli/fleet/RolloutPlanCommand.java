// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skein rollout plan}. */
@Command(name = "plan", description = "Show who gets what, in which wave.")
final class RolloutPlanCommand extends FleetCommand {
    private static final int NAMED = 6;

    @Parameters(paramLabel = "ROLLOUT", description = "Its name.")
    private String id;

    @Override
    public Integer call() {
        try (var client = client()) {
            show(this, client, id);
        }
        return 0;
    }

    static void show(FleetCommand command, ApiClient client, String id) {
        var view = client.get(RolloutCommand.path(id, "/plan"));
        if (command.asJson()) {
            command.print(view.toString());
            return;
        }
        command.print("Plan of " + id + ", hash " + shortHash(view.path("hash").asText()));
        show(command, view.path("plan"));
    }

    static void show(FleetCommand command, JsonNode plan) {
        for (var wave : plan.path("waves")) {
            var names = new ArrayList<String>();
            wave.path("members").forEach(m -> names.add(name(m)));
            command.print(
                    "  wave %-8s %4d databases: %s"
                            .formatted(wave.path("name").asText(), names.size(), some(names)));
        }
        for (var cohort : plan.path("cohorts")) {
            var path = new ArrayList<String>();
            cohort.path("path").forEach(r -> path.add(r.asText()));
            var heads = new ArrayList<String>();
            cohort.path("heads").forEach(r -> heads.add(r.asText()));
            command.print(
                    "  %d databases at %s (fingerprint %s) go through %s"
                            .formatted(
                                    cohort.path("databases").asInt(),
                                    heads.isEmpty() ? "base" : String.join(", ", heads),
                                    shortHash(cohort.path("fingerprint").asText()),
                                    String.join(" → ", path)));
        }
        plan.path("notes").forEach(note -> command.print("  " + note.asText()));
        for (var aside : plan.path("setAside")) {
            command.print(
                    "  set aside %s: %s".formatted(name(aside), aside.path("reason").asText()));
        }
    }

    private static String name(JsonNode member) {
        return member.path("site").asText() + "/" + member.path("name").asText();
    }

    private static String some(List<String> names) {
        var shown = String.join(" ", names.subList(0, Math.min(NAMED, names.size())));
        return names.size() > NAMED ? shown + " …" : shown;
    }
}
