// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.agent.daemon.kafka.OwnedPartitions;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;

/** Looks into databases, and keeps what that found. */
final class LookKeeper {
    private final PgClient client;
    private final OwnedPartitions owned;
    private final LookSchedule schedule;
    private final DatabaseLooks known;
    private final DatabaseSizes sizes;
    private final SchemaScans scans;
    private final SilentServers silent;

    LookKeeper(
            PgClient client,
            OwnedPartitions owned,
            LookSchedule schedule,
            DatabaseLooks known,
            DatabaseSizes sizes,
            SchemaScans scans,
            SilentServers silent) {
        this.client = client;
        this.owned = owned;
        this.schedule = schedule;
        this.known = known;
        this.sizes = sizes;
        this.scans = scans;
        this.silent = silent;
    }

    /** Looks into one database now. */
    DatabaseLook look(ServerDatabase place) {
        return keepLook(LookReading.at(client, place, this::sized, silent));
    }

    /** Looks into the database that a session is connected to. */
    DatabaseLook look(PgSession session, ServerDatabase place) {
        return keepLook(sized(session, place));
    }

    private DatabaseLook sized(PgSession session, ServerDatabase place) {
        var seen = LookReading.over(session, place, scans);
        return seen.at(sizes.at(session, place));
    }

    /** Finds out which database it is; what turns out to be ours is looked into. */
    void probe(ServerDatabase place) {
        var seen = LookReading.at(client, place, LookReading::probe, silent);
        if (seen.problem() == null && owned.owns(seen.uid())) {
            look(place);
        } else {
            schedule.probed(place);
            keep(seen);
        }
    }

    private DatabaseLook keepLook(DatabaseLook seen) {
        if (seen.problem() == null) {
            schedule.looked(seen.place(), seen.uid()); // else it is looked into again soon
        }
        return keep(seen);
    }

    private DatabaseLook keep(DatabaseLook seen) {
        var sized = seen.at(sizes.known(seen.place()));
        var isLost = seen.state() == null && seen.problem() != null;
        return known.keep(isLost ? believed(sized) : sized);
    }

    /** A database that could not be looked into stays what it was, with the problem. */
    private DatabaseLook believed(DatabaseLook failed) {
        return known.at(failed.place())
                .filter(look -> look.state() != null)
                .map(look -> look.withProblem(String.valueOf(failed.problem())))
                .orElse(failed);
    }

    /** A place is gone. */
    void forget(ServerDatabase gone) {
        schedule.forget(gone);
        silent.forget(gone);
        sizes.forget(gone);
        scans.forget(gone);
    }
}
