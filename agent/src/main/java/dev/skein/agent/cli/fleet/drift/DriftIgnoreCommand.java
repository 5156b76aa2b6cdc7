// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.drift;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.PositiveCount;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.StatedReason;
import java.time.Duration;
import java.time.Instant;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein drift ignore}: puts off. */
@Command(name = "ignore", description = "Do not find it again for some time.")
final class DriftIgnoreCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final CohortChoice choice = new CohortChoice();
    @Mixin private final StatedReason reason = new StatedReason();

    @Option(
            names = "--days",
            paramLabel = "N",
            required = true,
            converter = PositiveCount.class,
            description = "For so many days.")
    private int days;

    @Override
    public Integer call() {
        var until = Instant.now().plus(Duration.ofDays(days));
        var decision = new DriftDecision(fleet, choice, reason);
        return decision.decide("ignore", until, out());
    }
}
