// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.answer.AnswerReader;
import dev.skein.agent.cli.fleet.answer.RolloutDetail;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein rollout show}. */
@Command(name = "show", description = "Show waves, counts and failures.")
final class RolloutShowCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final RolloutChoice rollout = new RolloutChoice();

    @Override
    public Integer call() {
        try (var client = fleet.client()) {
            var answer = client.get(rollout.path(""));
            if (isJson()) {
                out().json(answer);
            } else {
                var detail = AnswerReader.read(answer, RolloutDetail.class);
                new RolloutText(out()).lines(detail).forEach(out()::result);
            }
        }
        return 0;
    }
}
