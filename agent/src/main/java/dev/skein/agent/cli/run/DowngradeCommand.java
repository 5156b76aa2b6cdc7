// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.order.Goal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code skein downgrade TARGET}. */
@Command(
        name = "downgrade",
        description = "Take revisions back down to a target.",
        footer = {"", "  skein downgrade -1", "  skein downgrade base --dry-run"})
public final class DowngradeCommand extends BaseCommand {
    @Mixin private final WalkOptions walk = new WalkOptions();

    @Parameters(
            paramLabel = "TARGET",
            description =
                    "base, an applied id, -1 (from a merge: takes the merge back), label@-1,"
                            + " label@base (all of that branch).")
    private String target;

    @Override
    public Integer call() {
        if (target.startsWith("+")) {
            throw SkeinException.usage(
                    "Target '" + target + "'",
                    "a downgrade goes down",
                    "To apply revisions: skein upgrade " + target);
        }
        return new TargetWalk(out(), isJson(), walk)
                .run(target, new Goal.Downgrade(target), "reverted");
    }
}
