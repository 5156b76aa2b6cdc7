// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.local;

import dev.skein.engine.execute.Goal;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code skein stamp TARGET…}. */
@Command(name = "stamp", description = "Write heads into the journal without running SQL.")
public final class StampCommand extends RunCommand {
    @Parameters(paramLabel = "TARGET", arity = "1..*", description = "Revisions, heads, or base.")
    private List<String> targets;

    @Option(names = "--purge", description = "Forget the present heads first, even unknown ones.")
    private boolean purge;

    @Override
    public Integer call() {
        return run(new Goal.Stamp(targets, purge), "stamped");
    }
}
