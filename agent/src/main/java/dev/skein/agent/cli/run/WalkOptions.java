// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.engine.SkeinException;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What upgrade and downgrade share: a run can be shown instead. */
final class WalkOptions {
    @Mixin private final RunOptions run = new RunOptions();

    @Option(
            names = "--dry-run",
            description = "Show the plan of the database's next run; run nothing.")
    private boolean dryRun;

    @Option(
            names = "--sql",
            description =
                    "Print the SQL instead of running it: from the database's state, with what"
                            + " keeps the journal, for psql; or for a range FROM:TO, of which no"
                            + " database is asked, the revisions' SQL alone (stamp the database"
                            + " afterwards).")
    private boolean sql;

    @Option(
            names = "--plain",
            description = "With --sql: leave the journal out, as for a range; for reading.")
    private boolean plain;

    RunOptions run() {
        return run;
    }

    /** Whether the SQL is printed. */
    boolean isSql() {
        return sql;
    }

    /** Whether that is without the journal. */
    boolean isPlain() {
        return plain;
    }

    /** Whether nothing is shown, and it is run. */
    boolean isRun() {
        return !sql && !dryRun;
    }

    /** Refuses what does not go together. */
    void refuseMisfits(String target) {
        if (target.contains(":") && !sql) {
            throw SkeinException.usage(
                    "Target '" + target + "'", "a range is for --sql only", "Name one target");
        }
        if (plain && !sql) {
            throw SkeinException.usage("--plain", "it is for --sql only", "Say --sql, too");
        }
        if (sql) {
            run.refuseAcceptance();
        }
    }
}
