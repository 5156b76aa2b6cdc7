// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.fleet.client.ApiClient;
import dev.skein.agent.cli.fleet.client.FleetName;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.StatedReason;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code skein targets forget}. */
@Command(
        name = "forget",
        description = {
            "Forget databases that are gone for good: they are not shown and not planned any more;"
                    + " the decision is kept, and so is what the record has of them.",
            "One that an agent tells of again is back by itself."
        },
        footer = {"", "  skein targets forget eu/tenant_07 --reason \"the customer left\""})
final class TargetsForgetCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final StatedReason reason = new StatedReason();

    @Parameters(
            paramLabel = FleetName.LABEL,
            arity = "1..*",
            description = "As 'skein targets --gone' lists them.")
    private List<String> databases;

    @Override
    public Integer call() {
        try (var client = fleet.client()) {
            var uids = uids(client);
            var decided = Map.of("databases", uids, "reason", reason.text());
            client.post("/api/databases/forget", decided);
            if (isJson()) {
                out().json(decided);
            } else {
                out().say("Forgot " + CliWords.counted(uids.size(), "database"));
            }
        }
        return 0;
    }

    private List<String> uids(ApiClient client) {
        return databases.stream()
                .map(name -> FleetName.parse(name).goneUid(client))
                .distinct()
                .toList();
    }
}
