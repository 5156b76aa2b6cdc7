// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.place;

import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.BoundSchema;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.journal.UnreadableJournal;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** A command's session on a database, and what its journal says. */
public final class PlaceSession {
    private static final Duration ANSWER = Duration.ofSeconds(30);

    private PlaceSession() {}

    /** Opens a session that is the server's own: several questions are asked in it. */
    public static PgSession open(PgClient client, DatabasePlace place) {
        var session = client.open(place.address(), "skein", Map.of());
        try {
            var backend = session.script("SELECT pg_backend_pid()", ANSWER).iterator().next();
            if (backend.getInteger(0) != session.processId()) {
                throw SkeinException.failed(
                        session.subject(), "this is a connection pooler", PgSession.POOLER_HINT);
            }
            return session;
        } catch (SkeinException e) {
            session.close();
            throw e;
        }
    }

    /** Where a target stands; nothing without a journal. */
    public static Optional<JournalState> read(PgSession session, DatabasePlace place) {
        var journal = new Journal(session, place.scope().schema());
        try {
            var state = journal.exists() ? journal.read() : Optional.<JournalState>empty();
            if (state.isEmpty() && journal.exists() && journal.isHollow()) {
                throw UnreadableJournal.hollow(session);
            }
            if (state.isEmpty()) {
                refuseWithoutSchema(session, place);
            }
            return state;
        } catch (PgServerError e) {
            throw UnreadableJournal.meaning(e, session);
        }
    }

    private static void refuseWithoutSchema(PgSession session, DatabasePlace place) {
        var schema = place.scope().schema();
        if (!schema.isEmpty() && BoundSchema.number(session, schema) == null) {
            throw noSchema(place, schema);
        }
    }

    static SkeinException noSchema(DatabasePlace place, String schema) {
        return SkeinException.usage(
                "Database " + place.address(),
                "it has no schema like " + schema,
                "Create it, or correct the pattern");
    }
}
