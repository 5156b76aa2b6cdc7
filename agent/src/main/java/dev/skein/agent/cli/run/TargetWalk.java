// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.place.CommandClient;
import dev.skein.agent.cli.place.PlaceVisits;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.postgres.PgClient;
import java.util.ArrayList;

/**
 * The way of a command's databases to a target: it is run, or shown.
 *
 * @param json whether the result is printed as JSON
 */
record TargetWalk(Output out, boolean json, WalkOptions options) {
    /** Shows or runs what leads to a target. */
    int run(String target, Goal goal, String verb) {
        options.refuseMisfits(target);
        if (options.isRun()) {
            return new GoalRun(out, json, options.run()).run(goal, verb);
        }
        var databases = options.run().databases();
        var preview = new RunPreview(out, databases.project().scripts());
        if (target.contains(":")) {
            return preview.sql(target, goal instanceof Goal.Upgrade);
        }
        try (var client = CommandClient.take()) {
            return options.isSql()
                    ? preview.sql(client, databases.onlyPlace(), goal, options.isPlain())
                    : plan(preview, client, goal);
        }
    }

    private int plan(RunPreview preview, PgClient client, Goal goal) {
        var plans = new ArrayList<RunPreview.DatabasePlan>();
        var places = options.run().databases().places(client);
        var visits = new PlaceVisits(out);
        visits.visitAll(places, place -> plans.add(preview.planned(client, place, goal)));
        preview.print(plans, places.size() > 1, json);
        return visits.isAnyFailed() ? ErrorCode.FAILED.exitCode() : 0;
    }
}
