// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.place.CommandClient;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.Goal;
import java.time.Clock;

/**
 * A run that brings a command's databases to a goal.
 *
 * @param json whether the result is printed as JSON
 */
record GoalRun(Output out, boolean json, RunOptions options) {
    /**
     * Runs; what is not done is thrown, or told where there are several databases.
     *
     * @param verb what is said of a revision that is done
     */
    int run(Goal goal, String verb) {
        var scripts = options.databases().project().scripts();
        try (var client = CommandClient.take();
                var stop = new StopSignal(out)) {
            var places = options.databases().places(client);
            var migrator = new Migrator(client, Clock.systemUTC());
            if (places.size() == 1) {
                var order = options.order(places.getFirst(), scripts, goal);
                return new SingleRun(out, json, scripts, verb).run(client, migrator, order, stop);
            }
            var tally = new RunTally(out, json, places.size());
            return new ManyRun(out, options, stop, tally)
                    .run(places, place -> options.order(place, scripts, goal), migrator);
        }
    }
}
