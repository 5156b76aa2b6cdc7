// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet;

import dev.skein.agent.cli.common.GroupHelp;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein backup …}. */
@Command(
        name = "backup",
        description = "See which backups there are, and which of them were tried.",
        subcommands = BackupListCommand.class)
public final class BackupCommand implements Callable<Integer> {
    @Mixin private final GroupHelp group = new GroupHelp();

    private BackupCommand() {}

    @Override
    public Integer call() {
        return group.list();
    }
}
