// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.LogTrouble;
import dev.skein.agent.cli.fleet.answer.LogTrouble.Anomaly;
import dev.skein.agent.cli.fleet.answer.LogTrouble.Broken;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein audit trouble}: tells what is broken. */
@Command(
        name = "trouble",
        description = "List histories with gaps or forks; exit with 4 where there are some.")
final class AuditTroubleCommand extends BaseCommand {
    private static final int BROKEN = 4;

    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Override
    public Integer call() {
        try (var client = fleet.auditClient()) {
            var answer = client.get("/api/audit/trouble");
            var trouble = AnswerReader.read(answer, LogTrouble.class);
            if (isJson()) {
                out().json(answer);
            } else {
                print(trouble);
            }
            return trouble.isNone() ? 0 : BROKEN;
        }
    }

    private void print(LogTrouble trouble) {
        if (!trouble.refused().isEmpty()) {
            out().result(out().bad("refused") + "  " + trouble.refused());
        }
        trouble.topics().forEach(topic -> out().result(out().bad("not read") + "  " + topic));
        trouble.sources().forEach(broken -> out().result(line(broken)));
        trouble.anomalies().forEach(anomaly -> out().result(line(anomaly)));
        if (!trouble.sources().isEmpty()) {
            out().say("What nothing sends any more: skein audit resolve HISTORY --reason \"why\"");
        }
        int broken = trouble.sources().size();
        out().say(
                        broken
                                + (broken == 1 ? " history is" : " histories are")
                                + " not dense and chained");
    }

    private String line(Broken s) {
        return "%s  %s at %d, %d entries wait behind it"
                .formatted(out().bad(s.state()), s.source(), s.next(), s.waiting());
    }

    private String line(Anomaly a) {
        return "%s  %s %d: %s (%s)"
                .formatted(out().bad(a.kind()), a.source(), a.seq(), a.detail(), a.at());
    }
}
