// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.LogTrouble;
import dev.skein.agent.cli.fleet.answer.LogTrouble.Broken;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.StatedReason;
import dev.skein.engine.SkeinException;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code skein audit resolve}. */
@Command(
        name = "resolve",
        description = {
            "Let a history go on that has a fork or a gap; the decision is kept.",
            "With a fork, a database's history goes on as the log has it, decisions as the"
                    + " control plane has them. What was refused stays refused, and is kept as"
                    + " well. Where it is the database that has the other entries, let it begin"
                    + " anew there: skein adopt --restored.",
            "With a gap, what is missing is taken for lost: do it where nothing can send it any"
                    + " more. The log says what is lost, and so does 'skein audit verify' (3)."
        },
        footer = {"", "  skein audit resolve db/0123…/4567… --reason \"a record was forged\""})
final class AuditResolveCommand extends BaseCommand {
    private static final String GAP = "gap";

    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final StatedReason reason = new StatedReason();

    @Parameters(paramLabel = "HISTORY", description = "As 'skein audit trouble' names it.")
    private String source;

    @Override
    public Integer call() {
        try (var api = fleet.client();
                var audit = fleet.auditClient()) {
            var broken = broken(audit.get("/api/audit/trouble"));
            var decided =
                    Map.of(
                            "source",
                            source,
                            "at",
                            broken.next(),
                            "to",
                            broken.state().equals(GAP) ? broken.first() : 0,
                            "reason",
                            reason.text());
            api.post("/api/histories/resolve", decided);
            if (isJson()) {
                out().json(decided);
            } else {
                out().say(inWords(broken));
            }
        }
        return 0;
    }

    private String inWords(Broken broken) {
        return broken.state().equals(GAP)
                ? "%s goes on at %d; what is missing from %d on is taken for lost"
                        .formatted(source, broken.first(), broken.next())
                : "%s goes on at %d".formatted(source, broken.next());
    }

    private Broken broken(JsonNode trouble) {
        return AnswerReader.read(trouble, LogTrouble.class).sources().stream()
                .filter(s -> s.source().equals(source))
                .filter(s -> !s.state().equals(GAP) || s.first() > 0)
                .findFirst()
                .orElseThrow(() ->
                        SkeinException.failed(
                                "History " + source,
                                "it has neither a fork nor a gap behind which something waits",
                                "See which have: skein audit trouble"));
    }
}
