// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.engine.execute.order.Goal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code skein ensure-version}. */
@Command(
        name = "ensure-version",
        description = "Create the journal where there is none; run nothing.")
public final class EnsureVersionCommand extends BaseCommand {
    @Mixin private final RunOptions run = new RunOptions();

    @Override
    public Integer call() {
        return new GoalRun(out(), isJson(), run).run(new Goal.Upgrade("current"), "applied");
    }
}
