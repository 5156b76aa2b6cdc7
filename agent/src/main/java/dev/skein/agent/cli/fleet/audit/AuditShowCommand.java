// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.LogEntry;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code skein audit show}. */
@Command(name = "show", description = "Show an entry with what it ran or said.")
final class AuditShowCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Parameters(paramLabel = "ENTRY", description = "Its number.")
    private long index;

    @Override
    public Integer call() {
        try (var client = fleet.auditClient()) {
            var answer = client.get("/api/audit/entries/" + index);
            if (isJson()) {
                out().json(answer);
            } else {
                print(AnswerReader.read(answer, LogEntry.class));
            }
        }
        return 0;
    }

    private void print(LogEntry entry) {
        out().result(entry.source() + " " + entry.seq());
        EntryText.lines(entry.says()).forEach(out()::result);
        if (entry.body() != null) {
            out().result("");
            out().result(entry.body());
        }
    }
}
