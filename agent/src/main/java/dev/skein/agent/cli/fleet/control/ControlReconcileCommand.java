// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.control;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.ReconcileOutcome;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein control reconcile}. */
@Command(
        name = "reconcile",
        description =
                "Bring the control plane's database in line with what was published from it, after"
                        + " one that is older, or another cluster, came in its place. Without a"
                        + " reason: show what that would do.")
final class ControlReconcileCommand extends BaseCommand {
    private static final String PATH = "/api/control/reconciliation";

    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Option(
            names = {"-r", "--reason"},
            paramLabel = "WHY",
            description = "Do it; why is recorded.")
    private @Nullable String reason;

    @Override
    public Integer call() {
        try (var api = fleet.client()) {
            var answer = reason == null ? api.get(PATH) : api.post(PATH, Map.of("reason", reason));
            if (isJson()) {
                out().json(answer);
            } else {
                print(AnswerReader.read(answer, ReconcileOutcome.class));
            }
        }
        return 0;
    }

    private void print(ReconcileOutcome outcome) {
        out().result(
                        "Nothing was decided since %s: %s."
                                .formatted(outcome.since(), outcome.found()));
        tell(outcome);
        out().say(
                        reason == null
                                ? "Nothing was changed yet. Do it: skein control reconcile"
                                        + " --reason \"…\""
                                : "Done and recorded; decisions are taken again. Log in again:"
                                        + " skein login");
    }

    private void tell(ReconcileOutcome outcome) {
        line(outcome.adopted(), "decision", "taken back from skein.decisions");
        line(outcome.left(), "decision", "left: not in line with those that are here");
        names("paused", outcome.paused(), "");
        names("aborted", outcome.aborted(), ", of which only decisions are left");
        line(outcome.withdrawn(), "directive", "withdrawn that nobody here knows");
        line(outcome.tokens(), "login", "void: some may have been revoked since the backup");
        if (outcome.sentAgain()) {
            out().result("  every decision, bundle and open directive sent again");
        }
        out().result(
                        "  accounts and passwords are those of the backup: see whether they should"
                                + " be");
    }

    private void line(long number, String what, String becomes) {
        if (number > 0) {
            out().result("  " + CliWords.counted(number, what) + " " + becomes);
        }
    }

    private void names(String verb, List<String> rollouts, String more) {
        if (!rollouts.isEmpty()) {
            out().result("  " + verb + ": " + String.join(", ", rollouts) + more);
        }
    }
}
