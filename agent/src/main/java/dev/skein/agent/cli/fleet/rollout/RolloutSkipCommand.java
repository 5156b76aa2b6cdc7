// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.fleet.client.FleetName;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.StatedReason;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code skein rollout skip}: gives databases up. */
@Command(
        name = "skip",
        description =
                "Go on without databases that have failed, are gone or give no answer; a run"
                        + " that is under way is not stopped.")
final class RolloutSkipCommand extends BaseCommand {
    @Mixin private final FleetOptions fleet = new FleetOptions();
    @Mixin private final RolloutChoice rollout = new RolloutChoice();
    @Mixin private final StatedReason reason = new StatedReason();

    @Parameters(
            index = "1..*",
            arity = "1..*",
            paramLabel = FleetName.LABEL,
            description = "As it is printed; a name alone where one database has it.")
    private List<String> databases;

    @Override
    public Integer call() {
        var named = List.copyOf(new LinkedHashSet<>(databases));
        var done = "Skipped " + named.size() + " of its databases in";
        var request = new RolloutRequest(fleet, rollout, reason);
        return request.send("skip", Map.of("databases", named), done, out());
    }
}
