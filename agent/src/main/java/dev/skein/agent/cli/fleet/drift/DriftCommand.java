// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.drift;

import dev.skein.agent.cli.common.GroupHelp;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein drift …}. */
@Command(
        name = "drift",
        description =
                "Find databases that are not as their journals left them, and decide on them.",
        subcommands = {
            DriftListCommand.class,
            DriftShowCommand.class,
            DriftFixCommand.class,
            DriftAdoptCommand.class,
            DriftIgnoreCommand.class,
        })
public final class DriftCommand implements Callable<Integer> {
    @Mixin private final GroupHelp group = new GroupHelp();

    private DriftCommand() {}

    @Override
    public Integer call() {
        return group.list();
    }
}
