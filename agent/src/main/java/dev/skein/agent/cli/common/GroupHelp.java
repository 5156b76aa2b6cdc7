// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.common;

import dev.skein.engine.ErrorCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What a command has that only holds others: by itself it lists them, as the program does. */
@Command(mixinStandardHelpOptions = true, sortOptions = false, synopsisSubcommandLabel = "COMMAND")
public final class GroupHelp {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec group;

    /** Lists them; gives the exit code, as a command is missing. */
    public int list() {
        group.commandLine().usage(group.commandLine().getOut());
        return ErrorCode.USAGE.exitCode();
    }
}
