// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.ListedRollout;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.TextTable;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein rollout list}. */
@Command(name = "list", description = "List the rollouts, newest first.")
final class RolloutListCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();

    @Override
    public Integer call() {
        try (var client = fleet.client()) {
            var list = client.get(RolloutPaths.ROLLOUTS);
            if (isJson()) {
                out().json(list);
            } else {
                print(AnswerReader.list(list, ListedRollout.class));
            }
        }
        return 0;
    }

    private void print(List<ListedRollout> rollouts) {
        var table = new TextTable("ROLLOUT", "STATUS", "AUTHOR", "APPROVED BY", "CREATED");
        for (var r : rollouts) {
            var approver = r.approvedBy().isEmpty() ? "-" : r.approvedBy();
            table.row(r.id(), r.status(), r.author(), approver, r.created());
        }
        table.lines(out().width(Integer.MAX_VALUE)).forEach(out()::result);
    }
}
