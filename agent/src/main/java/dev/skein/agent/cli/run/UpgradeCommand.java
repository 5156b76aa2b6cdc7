// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.order.Goal;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code skein upgrade TARGET}. */
@Command(
        name = "upgrade",
        description = "Apply revisions up to a target.",
        footer = {
            "",
            "  skein upgrade                            to the only head of the default database",
            "  skein upgrade +1 -d prod --dry-run       what the next step would be",
            "  skein upgrade heads --all --parallel 8   every database of skein.yaml",
            "  skein upgrade --sql > run.sql            for psql -f; keeps the journal",
            "  skein upgrade --sql 3f2a:head            the SQL alone, asking no database"
        })
public final class UpgradeCommand extends BaseCommand {
    @Mixin private final WalkOptions walk = new WalkOptions();

    @Parameters(
            paramLabel = "TARGET",
            arity = "0..1",
            defaultValue = "head",
            description = "head, heads, an id or its beginning, label@head, +2 (default: head).")
    private String target;

    @Override
    public Integer call() {
        if (target.startsWith("-")) {
            throw SkeinException.usage(
                    "Target '" + target + "'",
                    "an upgrade goes up",
                    "To take revisions back: skein downgrade " + target);
        }
        return new TargetWalk(out(), isJson(), walk)
                .run(target, new Goal.Upgrade(target), "applied");
    }
}
