// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.local;

import dev.skein.engine.execute.Goal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code skein upgrade TARGET}. */
@Command(name = "upgrade", description = "Apply revisions up to a target.")
public final class UpgradeCommand extends WalkCommand {
    @Parameters(
            paramLabel = "TARGET",
            arity = "0..1",
            defaultValue = "head",
            description = "head, heads, an id or its beginning, label@head, +2 (default: head).")
    private String target;

    @Override
    public Integer call() {
        return run(target, new Goal.Upgrade(target), "applied");
    }
}
