// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.control;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.fleet.client.FleetCommand;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skein control reconcile}. */
@Command(
        name = "reconcile",
        description =
                "Bring the control plane's database in line with what was published from it, after"
                        + " one that is older, or another cluster, came in its place. Without a"
                        + " reason: show what that would do.")
final class ControlReconcileCommand extends FleetCommand {
    private static final String PATH = "/api/control/reconciliation";

    @Option(
            names = {"-r", "--reason"},
            paramLabel = "WHY",
            description = "Do it; why is recorded.")
    private @Nullable String reason;

    @Override
    public Integer call() {
        try (var api = client()) {
            var outcome = reason == null ? api.get(PATH) : api.post(PATH, Map.of("reason", reason));
            if (isJson()) {
                out().json(outcome);
                return 0;
            }
            out().result(
                            "Nothing was decided since %s: %s."
                                    .formatted(
                                            outcome.path("since").asText(),
                                            outcome.path("found").asText()));
            show(outcome);
            out().say(
                            reason == null
                                    ? "Nothing was changed yet. Do it: skein control reconcile"
                                            + " --reason \"…\""
                                    : "Done and recorded; decisions are taken again. Log in again:"
                                            + " skein login");
        }
        return 0;
    }

    private void show(JsonNode outcome) {
        line(outcome.path("adopted"), "decision", "taken back from skein.decisions");
        line(outcome.path("left"), "decision", "left: not in line with those that are here");
        names("paused", outcome.path("paused"), "");
        names("aborted", outcome.path("aborted"), ", of which only decisions are left");
        line(outcome.path("withdrawn"), "directive", "withdrawn that nobody here knows");
        line(outcome.path("tokens"), "login", "void: some may have been revoked since the backup");
        if (outcome.path("sentAgain").asBoolean()) {
            out().result("  every decision, bundle and open directive sent again");
        }
        out().result(
                        "  accounts and passwords are those of the backup: see whether they should"
                                + " be");
    }

    private void line(JsonNode number, String what, String becomes) {
        if (number.asLong() > 0) {
            out().result("  " + CliWords.counted(number.asLong(), what) + " " + becomes);
        }
    }

    private void names(String verb, JsonNode rollouts, String more) {
        if (!rollouts.isEmpty()) {
            var names =
                    rollouts.valueStream().map(JsonNode::asText).collect(Collectors.joining(", "));
            out().result("  " + verb + ": " + names + more);
        }
    }
}
