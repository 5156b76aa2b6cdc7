// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.common;

import dev.skein.engine.ErrorCode;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that only holds others: by itself it lists them, as the program does. */
@Command(mixinStandardHelpOptions = true, sortOptions = false, synopsisSubcommandLabel = "COMMAND")
public abstract class GroupCommand implements Callable<Integer> {
    @Spec private CommandSpec spec;

    protected GroupCommand() {}

    @Override
    public Integer call() {
        spec.commandLine().usage(spec.commandLine().getOut());
        return ErrorCode.USAGE.exitCode();
    }
}
