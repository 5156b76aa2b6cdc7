// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.StatedReason;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein rollout resume}. */
@Command(
        name = "resume",
        description =
                "Go on; after a halt the databases of the wave that failed or were set aside"
                        + " are tried again.")
final class RolloutResumeCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final RolloutChoice rollout = new RolloutChoice();
    @Mixin private final StatedReason reason = new StatedReason();

    @Option(
            names = "--set-aside",
            negatable = true,
            description =
                    "Whether databases of the wave that were set aside are tried again"
                            + " (default: after a halt).")
    private @Nullable Boolean aside;

    @Override
    public Integer call() {
        Map<String, Object> more = aside == null ? Map.of() : Map.of("setAside", aside);
        var request = new RolloutRequest(fleet, rollout, reason);
        return request.send("resume", more, "Resumed", out());
    }
}
