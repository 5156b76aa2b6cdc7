// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.agent.daemon.discover.SchemaScans.Observed;
import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.journal.ForeignJournal;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.journal.UnreadableJournal;
import dev.skein.engine.postgres.BriefSessions;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What one look into a database found; the look writes nothing.
 *
 * @param state its journal's; absent where there is no journal yet
 * @param published up to where the journal is in Kafka
 * @param fingerprint what the journal says that the last step left, null where it does not know;
 *     without a journal what was seen
 * @param observed what was seen, where it can be held against that
 * @param problem why it cannot be managed, in words
 */
public record DatabaseLook(
        ServerDatabase place,
        String uid,
        @Nullable JournalState state,
        long published,
        @Nullable String fingerprint,
        @Nullable String observed,
        @Nullable String problem) {

    private static final String TWIN = "its uid is that of ";

    /** More than the server itself gives a statement; what takes longer is silent. */
    private static final Duration ANSWER = BriefSessions.STATEMENT.plusSeconds(10);

    private static final String BEGIN = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

    /** lock_not_available, query_canceled. */
    private static final Set<String> BUSY = Set.of("55P03", "57014");

    /** Looks into a database. */
    static DatabaseLook at(PgClient client, ServerDatabase place, SchemaScans scans) {
        return at(client, place, scans, new SilentServers());
    }

    /** The same, and notes whether its server is there. */
    static DatabaseLook at(
            PgClient client, ServerDatabase place, SchemaScans scans, SilentServers servers) {
        try (var session = client.open(place.address(), "skein look", BriefSessions.SETTINGS)) {
            var look = over(session, place, scans);
            servers.answered(place);
            return look;
        } catch (SkeinException e) {
            servers.failed(place, e);
            return new DatabaseLook(
                    place, identity(place).uid(""), null, 0, null, null, e.discreet());
        }
    }

    private static DatabaseIdentity identity(ServerDatabase place) {
        return new DatabaseIdentity(
                place.systemIdentifier(), place.oid(), place.name(), place.site());
    }

    /** Looks into the database that a session is connected to: all of it at the same moment. */
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
        session.script(BEGIN, answer);
        String stamp;
        Inside inside;
        try {
            stamp = CatalogReader.stamp(session);
            inside = inside(session, place, stamp, scans);
        } finally {
            if (!session.isSilent()) {
                session.script("ROLLBACK", answer);
            }
        }
        // Definitions are printed from catalogs as they are, not as the snapshot has them.
        if (!inside.isRead() || CatalogReader.stamp(session).equals(stamp)) {
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

    private DatabaseLook unseen() {
        var left = state == null ? null : fingerprint;
        return new DatabaseLook(place, uid, state, published, left, null, problem);
    }

    private static Inside inside(
            PgSession session, ServerDatabase place, String stamp, SchemaScans scans) {
        var here = identity(place);
        var journal = new Journal(session, "");
        // A journal may hold schemas only: the database itself has none then.
        var standing = journal.exists() ? journal.standing() : Optional.<Journal.Standing>empty();
        if (standing.isEmpty()) {
            var hollow =
                    journal.exists() && journal.isHollow()
                            ? UnreadableJournal.hollow(session).discreet()
                            : null;
            var seen = observe(session, place, stamp, scans, null);
            // A copy is told as one of the schema, not as the twin of where it was taken.
            var uid = hollow == null ? here.uid("") : here.placeUid();
            return new Inside(
                    new DatabaseLook(place, uid, null, 0, seen.print(), null, hollow), seen);
        }
        var state = standing.get().state();
        var bound = standing.get().boundTo();
        var problem = bound.isSame(here) ? null : foreign(bound, here);
        long published = journal.published();
        boolean underWay = journal.isUnderWay();
        var left = state.fingerprint();
        var seen = observe(session, place, stamp, scans, left); // last: it may end the transaction
        var look =
                new DatabaseLook(
                        place,
                        problem == null ? state.uid() : here.placeUid(),
                        state,
                        published,
                        state.fingerprint(),
                        underWay ? null : seen.print(),
                        problem);
        return new Inside(look, seen);
    }

    private static String foreign(DatabaseIdentity bound, DatabaseIdentity here) {
        return ForeignJournal.found(bound, here) + ". " + ForeignJournal.remedy(here);
    }

    /**
     * The schema's fingerprint; none where somebody, a migration above all, holds a lock that
     * printing a definition waits for: the next look tries again.
     */
    private static Observed observe(
            PgSession session,
            ServerDatabase place,
            String stamp,
            SchemaScans scans,
            @Nullable String left) {
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

    /** The same as one that its uid does not tell from others; one of them keeps the uid. */
    DatabaseLook twin(String others, boolean keepsUid) {
        var reason =
                TWIN
                        + others
                        + ", too: of the copy, and of it alone, say skein adopt --clone --yes";
        var own = keepsUid ? uid : placeUid();
        return new DatabaseLook(place, own, state, published, fingerprint, null, reason);
    }

    /** The uid that only this place has, whatever its journal says. */
    String placeUid() {
        return identity(place).placeUid();
    }

    /** Whether there is another database with its uid, so that nobody knows which one is meant. */
    public boolean isTwin() {
        return problem != null && problem.startsWith(TWIN);
    }

    /** Whether it is no longer in its server's list. */
    boolean isGone() {
        return problem != null && problem.startsWith(DatabaseReport.GONE);
    }

    /** The same database after it disappeared from its server. */
    DatabaseLook gone() {
        return withProblem(DatabaseReport.GONE + place.server());
    }

    public List<String> heads() {
        return state == null ? List.of() : state.heads();
    }

    /** How many entries wait to be published. */
    public long behind() {
        return state == null ? 0 : Math.max(0, state.seq() - published);
    }

    /** What is still believed of a database that could not be looked into. */
    DatabaseLook withProblem(String reason) {
        return new DatabaseLook(place, uid, state, published, fingerprint, null, reason);
    }

    /** Whether entries wait to be published. */
    public boolean isBehind() {
        return state != null && problem == null && published < state.seq();
    }
}
