// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.StatedReason;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein rollout pause}. */
@Command(name = "pause", description = "Stop for now, at the next step of each database.")
final class RolloutPauseCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final RolloutChoice rollout = new RolloutChoice();
    @Mixin private final StatedReason reason = new StatedReason();

    @Override
    public Integer call() {
        var request = new RolloutRequest(fleet, rollout, reason);
        return request.send("pause", Map.of(), "Paused", out());
    }
}
