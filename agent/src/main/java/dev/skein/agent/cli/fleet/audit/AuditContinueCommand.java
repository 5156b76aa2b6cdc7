// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.ReasonGiven;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.LogStanding;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.engine.SkeinException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein audit continue}. */
@Command(
        name = "continue",
        description = {
            "Let the log be signed again after an older copy of its database came in the place of"
                    + " one that is lost for good. Without a reason: show what that would do.",
            "The log tells from then on who decided it and why, and which entries that were signed"
                    + " it does not prove. Where a newer copy of the database exists, restore that"
                    + " one instead."
        },
        footer = {
            "",
            "  skein audit continue --reason \"disk lost; the newest dump is of Monday\""
        })
final class AuditContinueCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Option(
            names = {"-r", "--reason"},
            paramLabel = "WHY",
            converter = ReasonGiven.class,
            description = "Do it; why is recorded.")
    private @Nullable String reason;

    @Override
    public Integer call() {
        try (var api = fleet.client();
                var audit = fleet.auditClient()) {
            var answer = audit.get("/api/audit/continuation");
            var standing = AnswerReader.read(answer, LogStanding.class);
            if (reason != null) {
                requireRead(standing);
                api.post("/api/histories/continue", decision(standing, reason));
            }
            if (isJson()) {
                out().json(answer);
            } else {
                print(standing);
            }
        }
        return 0;
    }

    private static Map<String, Object> decision(LogStanding standing, String because) {
        return Map.of("note", standing.note(), "from", standing.from(), "reason", because);
    }

    /** What Kafka still has comes first: whoever decides sees how much is lost. */
    private static void requireRead(LogStanding standing) {
        if (standing.unread() > 0) {
            throw SkeinException.failed(
                    "The log",
                    standing.unread() + " records in Kafka are not read into it yet",
                    "Try again when they are: skein audit continue");
        }
    }

    private void print(LogStanding standing) {
        long from = standing.from();
        long signed = standing.signed();
        out().result(
                        ("%d entries were signed; the log goes on from %d, and does not prove"
                                        + " %d to %d")
                                .formatted(signed, from, from, signed - 1));
        out().say(
                        reason == null
                                ? "Nothing was changed yet. Do it: skein audit continue --reason"
                                        + " \"…\""
                                : "Decided and recorded; the log is signed again once the decision"
                                        + " is in it: skein audit trouble");
        if (reason == null && standing.unread() > 0) {
            out().say(standing.unread() + " records in Kafka are still to be read");
        }
    }
}
