// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.agent.daemon.discover.SchemaScans.Observed;
import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.journal.ForeignJournal;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.UnreadableJournal;
import dev.skein.engine.postgres.BriefSessions;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks into a database, all of it at the same moment. */
final class LookReading {
    /** More than the server itself gives a statement; what takes longer is silent. */
    private static final Duration ANSWER = BriefSessions.STATEMENT.plusSeconds(10);

    private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    /** lock_not_available, query_canceled. */
    private static final Set<String> BUSY = Set.of("55P03", "57014");

    private final PgSession session;
    private final ServerDatabase place;
    private final @Nullable SchemaScans scans;

    /**
     * @param scans see the schema; null where nobody asks for it
     */
    private LookReading(PgSession session, ServerDatabase place, @Nullable SchemaScans scans) {
        this.session = session;
        this.place = place;
        this.scans = scans;
    }

    /** What is read over a session. */
    interface Reading {
        DatabaseLook over(PgSession session, ServerDatabase place);
    }

    /** Looks into a database. */
    static DatabaseLook at(PgClient client, ServerDatabase place, SchemaScans scans) {
        return at(client, place, (session, at) -> over(session, at, scans), new SilentServers());
    }

    /** Reads of a database, and notes whether its server is there. */
    static DatabaseLook at(
            PgClient client, ServerDatabase place, Reading reading, SilentServers servers) {
        try (var session = client.open(place.address(), "skein look", BriefSessions.SETTINGS)) {
            var look = reading.over(session, place);
            servers.answered(place);
            return look;
        } catch (SkeinException e) {
            servers.failed(place, e);
            var uid = place.identity().uid("");
            return new DatabaseLook(place, uid, null, 0, null, null, e.discreet());
        }
    }

    /** Reads which database it is and what its journal says, and nothing of its schema. */
    static DatabaseLook probe(PgSession session, ServerDatabase place) {
        session.answersWithin(ANSWER);
        return new LookReading(session, place, null).read(ANSWER);
    }

    /** Looks into the database that a session is connected to. */
    static DatabaseLook over(PgSession session, ServerDatabase place, SchemaScans scans) {
        return over(session, place, scans, ANSWER);
    }

    /**
     * The same.
     *
     * @param answer how long the server may take for each answer
     */
    static DatabaseLook over(
            PgSession session, ServerDatabase place, SchemaScans scans, Duration answer) {
        session.answersWithin(answer);
        return new LookReading(session, place, scans).read(answer);
    }

    private DatabaseLook read(Duration answer) {
        session.script(BEGIN, answer);
        String stamp;
        Inside inside;
        try {
            stamp = scans == null ? "" : CatalogReader.stamp(session);
            inside = inside(stamp);
        } finally {
            if (!session.isSilent()) {
                session.script("ROLLBACK", answer);
            }
        }
        // Definitions are printed from catalogs as they are, not as the snapshot has them.
        if (scans == null || !inside.isRead() || CatalogReader.stamp(session).equals(stamp)) {
            return inside.look();
        }
        scans.forget(place);
        return inside.look().unseen();
    }

    /**
     * What a snapshot shows.
     *
     * @param isRead whether definitions were printed for it
     */
    private record Inside(DatabaseLook look, boolean isRead) {
        Inside(DatabaseLook look, Observed seen) {
            this(look, seen.isRead());
        }
    }

    private Inside inside(String stamp) {
        var journal = new Journal(session, "");
        // A journal may hold schemas only: the database itself has none then.
        var standing = journal.exists() ? journal.standing() : Optional.<Journal.Standing>empty();
        return standing.isEmpty()
                ? withoutJournal(journal, stamp)
                : withJournal(journal, standing.get(), stamp);
    }

    private Inside withoutJournal(Journal journal, String stamp) {
        var hollow =
                journal.exists() && journal.isHollow()
                        ? UnreadableJournal.hollow(session).discreet()
                        : null;
        var seen = observe(stamp, null);
        // A copy is told as one of the schema, not as the twin of where it was taken.
        var here = place.identity();
        var uid = hollow == null ? here.uid("") : here.placeUid();
        return new Inside(new DatabaseLook(place, uid, null, 0, seen.print(), null, hollow), seen);
    }

    private Inside withJournal(Journal journal, Journal.Standing standing, String stamp) {
        var here = place.identity();
        var state = standing.state();
        var problem = standing.boundTo().isSame(here) ? null : foreign(standing.boundTo(), here);
        long published = journal.published();
        boolean underWay = journal.isUnderWay();
        var left = state.fingerprint();
        var seen = observe(stamp, left); // last: it may end the transaction
        var uid = problem == null ? state.uid() : here.placeUid();
        var observed = underWay ? null : seen.print();
        var look = new DatabaseLook(place, uid, state, published, left, observed, problem);
        return new Inside(look, seen);
    }

    private static String foreign(DatabaseIdentity bound, DatabaseIdentity here) {
        return ForeignJournal.found(bound, here) + ". " + ForeignJournal.remedy(here);
    }

    /**
     * The schema's fingerprint; none where somebody, a migration above all, holds a lock that
     * printing a definition waits for: the next look tries again.
     */
    private Observed observe(String stamp, @Nullable String left) {
        if (scans == null) {
            return Observed.NOTHING;
        }
        try {
            var print = left == null ? null : Fingerprint.parse(left);
            return scans.observe(session, place, stamp, print);
        } catch (PgServerError e) {
            if (BUSY.contains(e.sqlState())) {
                return Observed.NOTHING;
            }
            throw e;
        }
    }
}
