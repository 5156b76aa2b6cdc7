// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.GroupHelp;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein rollout …}. */
@Command(
        name = "rollout",
        description = "Propose, look at, approve and steer rollouts.",
        subcommands = {
            RolloutCreateCommand.class,
            RolloutListCommand.class,
            RolloutPlanCommand.class,
            RolloutShowCommand.class,
            RolloutWatchCommand.class,
            RolloutApproveCommand.class,
            RolloutPauseCommand.class,
            RolloutResumeCommand.class,
            RolloutAbortCommand.class,
            RolloutSkipCommand.class,
            RollbackCommand.class,
        })
public final class RolloutCommand implements Callable<Integer> {
    @Mixin private final GroupHelp group = new GroupHelp();

    private RolloutCommand() {}

    @Override
    public Integer call() {
        return group.list();
    }
}
