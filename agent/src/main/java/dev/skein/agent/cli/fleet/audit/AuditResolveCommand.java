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
            "Let a history that has a fork go on as the log has it; the decision is kept.",
            "What was refused stays refused, and is kept as well. Where it is the database that"
                    + " has the other entries, let it begin anew there: skein adopt --restored."
        },
        footer = {"", "  skein audit resolve db/0123…/4567… --reason \"a record was forged\""})
final class AuditResolveCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final StatedReason reason = new StatedReason();

    @Parameters(paramLabel = "HISTORY", description = "As 'skein audit trouble' names it.")
    private String source;

    @Override
    public Integer call() {
        try (var api = fleet.client();
                var audit = fleet.auditClient()) {
            var at = forked(audit.get("/api/audit/trouble")).next();
            var decided = Map.of("source", source, "at", at, "reason", reason.text());
            api.post("/api/histories/resolve", decided);
            if (isJson()) {
                out().json(decided);
            } else {
                out().say("%s goes on at %d as the log has it".formatted(source, at));
            }
        }
        return 0;
    }

    private Broken forked(JsonNode trouble) {
        return AnswerReader.read(trouble, LogTrouble.class).sources().stream()
                .filter(s -> s.source().equals(source))
                .filter(s -> s.state().equals("fork"))
                .findFirst()
                .orElseThrow(() ->
                        SkeinException.failed(
                                "History " + source,
                                "it has no fork",
                                "See which have: skein audit trouble"));
    }
}
