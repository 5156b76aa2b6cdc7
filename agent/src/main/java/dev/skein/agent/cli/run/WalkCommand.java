// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.place.CommandClient;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.postgres.PgClient;
import java.util.ArrayList;
import picocli.CommandLine.Option;

/** What upgrade and downgrade share: a run can be shown instead. */
abstract class WalkCommand extends RunCommand {
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

    /** Shows or runs what leads to a target. */
    int run(String target, Goal goal, String verb) {
        if (target.contains(":") && !sql) {
            throw SkeinException.usage(
                    "Target '" + target + "'", "a range is for --sql only", "Name one target");
        }
        if (plain && !sql) {
            throw SkeinException.usage("--plain", "it is for --sql only", "Say --sql, too");
        }
        if (sql) {
            refuseAcceptance();
        }
        if (!sql && !dryRun) {
            return run(goal, verb);
        }
        var preview = new RunPreview(out(), scripts());
        if (target.contains(":")) {
            return preview.sql(target, goal instanceof Goal.Upgrade);
        }
        try (var client = CommandClient.take()) {
            return sql ? preview.sql(client, one(), goal, plain) : plan(preview, client, goal);
        }
    }

    private int plan(RunPreview preview, PgClient client, Goal goal) {
        var plans = new ArrayList<RunPreview.DatabasePlan>();
        var places = places(client);
        eachOf(places, place -> plans.add(preview.planned(client, place, goal)));
        preview.print(plans, places.size() > 1, isJson());
        return isAnyFailed() ? ErrorCode.FAILED.exitCode() : 0;
    }
}
