// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.LogHead;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein audit checkpoint}. */
@Command(
        name = "checkpoint",
        description = "Print the signed checkpoint of now; a later log must have grown from it.")
final class AuditHeadCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Override
    public Integer call() {
        try (var client = fleet.auditClient()) {
            var answer = client.get("/api/audit/head");
            if (isJson()) {
                out().json(answer);
            } else {
                print(AnswerReader.read(answer, LogHead.class));
            }
        }
        return 0;
    }

    private void print(LogHead head) {
        out().result(head.checkpoint().stripTrailing());
        if (!head.refused().isEmpty()) {
            out().say("It is not of now: " + head.refused());
        }
    }
}
