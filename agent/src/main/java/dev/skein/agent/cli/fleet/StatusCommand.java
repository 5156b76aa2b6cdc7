// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.Words;
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
            out().result(Words.counted(status.path("databases").asLong(), "database"));
            counts("at", status.path("byHeads"), "base");
            counts("problem:", status.path("byProblem"), "");
            for (var agent : status.path("agents")) {
                var alive = agent.path("alive").asBoolean();
                out().result(
                                "  agent %s at %s: %s, %s, %d running"
                                        .formatted(
                                                agent.path("id").asText(),
                                                agent.path("site").asText(),
                                                alive ? out().good("alive") : out().bad("silent"),
                                                Words.counted(
                                                        agent.path("databases").asInt(),
                                                        "database"),
                                                agent.path("running").asInt()));
            }
            counts("rollouts", status.path("rollouts"), "");
        }
        return 0;
    }

    private void counts(String word, JsonNode counts, String empty) {
        counts.properties()
                .forEach(e -> {
                    var name = e.getKey().isEmpty() ? empty : e.getKey();
                    out().result("  %5d %s %s".formatted(e.getValue().asLong(), word, name));
                });
    }
}
