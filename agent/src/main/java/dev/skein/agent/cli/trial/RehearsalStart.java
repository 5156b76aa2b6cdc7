// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.place.DatabasePlace;
import dev.skein.agent.cli.place.PlaceSession;
import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.rehearse.RehearsalOrigin;
import dev.skein.engine.rehearse.RevisionReplay;
import dev.skein.engine.revision.RevisionGraph;
import dev.skein.engine.sample.RestoredArchive;
import dev.skein.engine.sample.RowSample;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.Scripts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a rehearsal starts from: nothing, or a scratch copy with rows. */
record RehearsalStart(RehearsalOrigin origin, @Nullable ScratchDatabase filled)
        implements AutoCloseable {
    static RehearsalStart empty(ScratchServer server) {
        return new RehearsalStart(RehearsalOrigin.empty(server), null);
    }

    /** What is needed to fill a copy. */
    record Filling(ScratchServer server, Scripts scripts, Duration bound, Output out) {
        /** A sample of a database. */
        RehearsalStart sample(PgClient client, DatabasePlace place, int rows) {
            var filled = server.database();
            try (var session = PlaceSession.open(client, place)) {
                refuseItself(session, filled);
                var state = PlaceSession.read(session, place);
                var applied = applied(scripts.graph(), state.orElse(null), place.name());
                var heads = scripts.graph().headsOf(applied);
                new RevisionReplay(scripts, bound).likeness(filled, session, List.copyOf(heads));
                long copied = RowSample.take(session, filled, rows);
                out.say(out.dim("Sampled " + copied + " rows of " + place.name()));
                return new RehearsalStart(RehearsalOrigin.of(filled, applied), filled);
            } catch (SkeinException e) {
                filled.close();
                throw e;
            }
        }

        /** A restored backup. */
        RehearsalStart backup(Path file) {
            var filled = server.database();
            try {
                RestoredArchive.restore(file, filled);
                var here =
                        new DatabasePlace(file.toString(), filled.address(), DatabasePlace.WHOLE);
                try (var session = filled.open()) {
                    var state = PlaceSession.read(session, here);
                    var applied = applied(scripts.graph(), state.orElse(null), here.name());
                    return new RehearsalStart(RehearsalOrigin.of(filled, applied), filled);
                }
            } catch (SkeinException e) {
                filled.close();
                throw e;
            }
        }
    }

    /** What is tried must not be tried where the rows are from. */
    private static void refuseItself(PgSession live, ScratchDatabase scratch) {
        var sql = "SELECT system_identifier FROM pg_control_system()";
        try (var session = scratch.open()) {
            var here = session.query(sql).iterator().next().getLong(0);
            if (here.equals(live.query(sql).iterator().next().getLong(0))) {
                throw SkeinException.usage(
                        "Scratch server",
                        "the rows come from this very server",
                        "Name a server on which everything may be lost");
            }
        }
    }

    /** Whether text means a file rather than a database. */
    static boolean isFile(String data) {
        return !data.contains("://") && Files.exists(Path.of(data));
    }

    private static Set<String> applied(
            RevisionGraph graph, @Nullable JournalState state, String name) {
        List<String> heads = state == null ? List.of() : state.heads();
        var unknown = heads.stream().filter(head -> !graph.contains(head)).toList();
        if (state == null || !unknown.isEmpty()) {
            throw SkeinException.failed(
                    name,
                    state == null
                            ? "it has no journal: what is applied there is not known"
                            : "it is at " + String.join(", ", unknown) + ", which is not here",
                    state == null ? "Migrate it once, or: skein adopt" : "Fetch the revisions");
        }
        return graph.closure(heads);
    }

    @Override
    public void close() {
        if (filled != null) {
            filled.close();
        }
    }
}
