// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.engine.execute.order.Goal;
import picocli.CommandLine.Command;

/** {@code skein ensure-version}. */
@Command(
        name = "ensure-version",
        description = "Create the journal where there is none; run nothing.")
public final class EnsureVersionCommand extends RunCommand {
    @Override
    public Integer call() {
        return run(new Goal.Upgrade("current"), "applied");
    }
}
