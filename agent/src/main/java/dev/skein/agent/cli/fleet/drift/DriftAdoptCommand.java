// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.drift;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.StatedReason;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein drift adopt}: accepts. */
@Command(name = "adopt", description = "From now on, this is how these databases must be.")
final class DriftAdoptCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final CohortChoice choice = new CohortChoice();
    @Mixin private final StatedReason reason = new StatedReason();

    @Override
    public Integer call() {
        var decision = new DriftDecision(fleet, choice, reason);
        return decision.decide("adopt", null, out());
    }
}
