// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.ShortHash;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein rollout approve}. */
@Command(name = "approve", description = "Agree to a plan that somebody else proposed.")
final class RolloutApproveCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final RolloutChoice rollout = new RolloutChoice();

    @Option(
            names = "--plan",
            paramLabel = "HASH",
            description = "The plan you looked at (default: the present one).")
    private @Nullable String plan;

    @Override
    public Integer call() {
        try (var client = fleet.client()) {
            var shown = RolloutPaths.plan(client, rollout.id()).hash();
            client.post(rollout.path("/approve"), Map.of("planHash", meant(shown)));
            out().say("Approved " + rollout.id() + ", plan " + ShortHash.of(shown));
        }
        return 0;
    }

    /** The whole hash, where the beginning of the present plan's was given. */
    private String meant(String shown) {
        return plan == null || shown.startsWith(plan) ? shown : plan;
    }
}
