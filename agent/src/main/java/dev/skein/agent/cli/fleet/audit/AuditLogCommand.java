// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.PositiveCount;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.LogEntry;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.TextTable;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein audit log}. */
@Command(
        name = "log",
        description = "List entries, newest first.",
        footer = {
            "",
            "  skein audit log --database eu/tenant_07 --since 2026-11-01",
            "  skein audit log --rollout billing-2026-11 --kind failed"
        })
final class AuditLogCommand extends BaseCommand {
    private static final int PAGE = 500;

    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final AuditFilter filter = new AuditFilter();

    @Option(
            names = "--limit",
            paramLabel = "N",
            defaultValue = "30",
            converter = PositiveCount.class,
            description = "At most so many (default: ${DEFAULT-VALUE}).")
    private int limit;

    @Override
    public Integer call() {
        var query = filter.query(fleet);
        try (var client = fleet.auditClient()) {
            var page = "limit=" + Math.min(limit, PAGE) + "&";
            var list = client.list("/api/audit/entries?" + page + query, limit);
            if (isJson()) {
                out().json(list);
            } else {
                print(AnswerReader.list(list, LogEntry.class));
            }
        }
        return 0;
    }

    private void print(List<LogEntry> entries) {
        var table = new TextTable("ENTRY", "AT", "WHAT", "WHOSE", "BY", "ABOUT");
        for (var entry : entries) {
            var says = entry.says();
            table.row(
                    entry.index(),
                    says.path("at").asText(),
                    says.path("kind").asText(says.path("type").asText()),
                    entry.whose(),
                    says.path("actor").asText(),
                    about(says));
        }
        table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
    }

    private static String about(JsonNode says) {
        return Stream.of("revision", "rollout", "outcome", "signature")
                .filter(says::has)
                .map(name -> says.path(name).asText())
                .collect(Collectors.joining(" "));
    }
}
