// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.ReasonGiven;
import dev.skein.agent.cli.fleet.client.FleetCommand;
import dev.skein.engine.SkeinException;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
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
final class AuditContinueCommand extends FleetCommand {
    @Option(
            names = {"-r", "--reason"},
            paramLabel = "WHY",
            converter = ReasonGiven.class,
            description = "Do it; why is recorded.")
    private @Nullable String reason;

    @Override
    public Integer call() {
        try (var api = client();
                var audit = auditClient()) {
            var standing = audit.get("/api/audit/continuation");
            if (reason != null) {
                requireRead(standing);
                api.post(
                        "/api/histories/continue",
                        Map.of(
                                "note", standing.path("note").asText(),
                                "from", standing.path("from").asLong(),
                                "reason", reason));
            }
            if (isJson()) {
                out().json(standing);
            } else {
                tell(standing);
            }
        }
        return 0;
    }

    /** What Kafka still has comes first: whoever decides sees how much is lost. */
    private static void requireRead(JsonNode standing) {
        long unread = standing.path("unread").asLong();
        if (unread > 0) {
            throw SkeinException.failed(
                    "The log",
                    unread + " records in Kafka are not read into it yet",
                    "Try again when they are: skein audit continue");
        }
    }

    private void tell(JsonNode standing) {
        long from = standing.path("from").asLong();
        long signed = standing.path("signed").asLong();
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
        if (reason == null && standing.path("unread").asLong() > 0) {
            out().say(standing.path("unread").asLong() + " records in Kafka are still to be read");
        }
    }
}
