// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.Output;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.script.Scripts;
import java.util.ArrayList;
import java.util.List;

/** What a run that failed left of itself, in words. */
final class FailureRemains {
    private final Output out;
    private final Scripts scripts;

    FailureRemains(Output out, Scripts scripts) {
        this.out = out;
        this.scripts = scripts;
    }

    /** The statement that failed, with its place, and where the database is. */
    List<String> lines(Outcome.Failed failed, Goal goal) {
        var lines = new ArrayList<String>();
        failed.error()
                .culprit()
                .map(new CulpritText(out.width(Integer.MAX_VALUE))::lines)
                .ifPresent(lines::addAll);
        var left = left(failed.error().revision(), failed.heads(), goal);
        lines.add(left + CliWords.heads(failed.heads()) + ".");
        return lines;
    }

    /** What is found behind a commit leaves the revision applied, or taken back. */
    private String left(String revision, List<String> heads, Goal goal) {
        var script = scripts.get(revision);
        var applied = scripts.graph().closure(heads).contains(revision);
        if (applied == goal instanceof Goal.Upgrade) {
            return "The database is at ";
        }
        return script.transactional() && script.batch() == null
                ? "Nothing of revision " + revision + " was changed; the database is at "
                : "What it had done before that stays, and the next run goes on from there; the"
                        + " database is at ";
    }
}
