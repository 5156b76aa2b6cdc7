// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.fleet.client.FleetCommand;
import dev.skein.agent.cli.fleet.rollout.RolloutText;
import java.util.ArrayList;
import picocli.CommandLine.Command;

/** {@code skein status}. */
@Command(name = "status", description = "Show the fleet at a glance.")
public final class StatusCommand extends FleetCommand {
    @Override
    public Integer call() {
        try (var client = client()) {
            var status = client.get("/api/status");
            if (isJson()) {
                out().json(status);
                return 0;
            }
            if (status.hasNonNull("stopped")) {
                out().result(
                                out().bad("stopped")
                                        + " since "
                                        + status.path("stopped").asText()
                                        + ", see: skein control status");
            }
            out().result(CliWords.counted(status.path("databases").asLong(), "database"));
            counts("at", status.path("byHeads"), "base");
            status.path("problems").forEach(this::problem);
            status.path("discord").forEach(word -> out().result("  " + out().bad(word.asText())));
            status.path("agents").forEach(this::agent);
            counts("rollouts", status.path("rollouts"), "");
            status.path("stalled").forEach(this::stalled);
        }
        return 0;
    }

    private void agent(JsonNode agent) {
        var alive = agent.path("alive").asBoolean();
        out().result(
                        "  agent %s at %s: %s, %s, %d running, started %s"
                                .formatted(
                                        agent.path("id").asText(),
                                        agent.path("site").asText(),
                                        alive
                                                ? out().good("alive")
                                                : out().bad(
                                                                "silent since "
                                                                        + agent.path("seen")
                                                                                .asText()),
                                        CliWords.counted(
                                                agent.path("databases").asInt(), "database"),
                                        agent.path("running").asInt(),
                                        agent.path("started").asText("-")));
    }

    private void stalled(JsonNode stalled) {
        var words = out().bad(RolloutText.stalled(stalled));
        out().result("  rollout %s: %s".formatted(stalled.path("rollout").asText(), words));
    }

    private void problem(JsonNode problem) {
        int databases = problem.path("databases").asInt();
        var examples = new ArrayList<String>();
        problem.path("examples").forEach(e -> examples.add(e.asText()));
        var since = problem.hasNonNull("notSeenSince") ? ", " + notSeen(problem) : "";
        out().result(
                        "  %5d on %s/%s: %s%s (%s%s)"
                                .formatted(
                                        databases,
                                        problem.path("site").asText(),
                                        problem.path("server").asText(),
                                        out().bad(problem.path("problem").asText()),
                                        since,
                                        String.join(" ", examples),
                                        databases > examples.size() ? " …" : ""));
    }

    private void counts(String word, JsonNode counts, String empty) {
        counts.properties()
                .forEach(e -> {
                    var name = e.getKey().isEmpty() ? empty : e.getKey();
                    out().result("  %5d %s %s".formatted(e.getValue().asLong(), word, name));
                });
    }
}
