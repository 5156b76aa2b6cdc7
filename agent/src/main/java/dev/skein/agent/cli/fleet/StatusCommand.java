// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import com.fasterxml.jackson.databind.JsonNode;
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
            out().result(status.path("databases").asLong() + " databases");
            counts("at", status.path("byHeads"), "base");
            counts("problem:", status.path("byProblem"), "");
            for (var agent : status.path("agents")) {
                var alive = agent.path("alive").asBoolean();
                out().result(
                                "  agent %s at %s: %s, %d databases, %d running"
                                        .formatted(
                                                agent.path("id").asText(),
                                                agent.path("site").asText(),
                                                alive ? out().good("alive") : out().bad("silent"),
                                                agent.path("databases").asInt(),
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
