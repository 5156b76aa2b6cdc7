// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.audit;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.LogHead;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein audit key}. */
@Command(
        name = "key",
        description =
                "Print the key that verifies the log's signatures; keep it where you trust it.")
final class AuditKeyCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Override
    public Integer call() {
        try (var client = fleet.auditClient()) {
            var key = AnswerReader.read(client.get("/api/audit/head"), LogHead.class).key();
            if (isJson()) {
                out().json(key);
            } else {
                out().result(key);
            }
        }
        return 0;
    }
}
