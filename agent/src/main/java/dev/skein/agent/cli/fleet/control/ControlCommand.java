// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.control;

import dev.skein.agent.cli.common.GroupHelp;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein control …}. */
@Command(
        name = "control",
        description =
                "See how control plane and audit service do and what they could not take, and"
                        + " decide.",
        subcommands = {
            ControlStatusCommand.class,
            ControlReconcileCommand.class,
            NoticesCommand.class,
            NoticeAcknowledgeCommand.class,
            DeadLettersCommand.class,
            DeadLetterReplayCommand.class,
            DeadLetterDropCommand.class,
        })
public final class ControlCommand implements Callable<Integer> {
    @Mixin private final GroupHelp group = new GroupHelp();

    private ControlCommand() {}

    @Override
    public Integer call() {
        return group.list();
    }
}
