// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.convert.record.RecordedMigrations;
import dev.skein.agent.cli.place.DatabasePlace;
import dev.skein.agent.cli.place.PlaceSession;
import dev.skein.agent.cli.place.SystemUser;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.AcceptedDrift;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.script.Scripts;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/**
 * Takes databases over from another tool: stamps what it says.
 *
 * @param table where it recorded what it applied; null for its usual table
 * @param acceptDrift why another schema than Skein left is how it must be; null where it is not
 */
record RecordAdoption(
        PgClient client, Scripts scripts, @Nullable String table, @Nullable String acceptDrift) {
    AdoptedDatabase adopt(DatabasePlace place) {
        var record = record(place);
        var order = order(place, new Goal.Stamp(record.heads(), false));
        var outcome =
                new Migrator(client, Clock.systemUTC()).run(order, () -> false, Progress.NONE);
        if (!(outcome instanceof Outcome.Done done)) {
            throw OutcomeMeaning.error(outcome);
        }
        return new AdoptedDatabase(place.name(), record.table(), done.heads());
    }

    private MigrationOrder order(DatabasePlace place, Goal goal) {
        var author = SystemUser.author();
        var limits = Limits.DEFAULT;
        return new MigrationOrder(place.address(), place.scope(), scripts, goal, author, limits)
                .withDrift(AcceptedDrift.of(acceptDrift));
    }

    /** What the other tool says; refuses a database that Skein has migrated already. */
    private RecordedMigrations record(DatabasePlace place) {
        try (var session = PlaceSession.open(client, place)) {
            var state = PlaceSession.read(session, place);
            if (state.isPresent() && !state.get().heads().isEmpty()) {
                throw SkeinException.usage(
                        "Database " + place.name(),
                        "it is Skein's already, at " + CliWords.heads(state.get().heads()),
                        "To write other heads: skein stamp HEADS");
            }
            var schema = place.scope().schema();
            return table == null
                    ? RecordedMigrations.find(session, schema, scripts.graph())
                    : RecordedMigrations.in(session, table, schema, scripts.graph());
        }
    }
}
