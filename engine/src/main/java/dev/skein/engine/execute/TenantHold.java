// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.check.DriftGuard;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.execute.session.KeepAlive;
import dev.skein.engine.execute.session.Nonce;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.journal.AbortCondition;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.Unreachable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A database under its lock and fenced, for work that is no migration. Closing lets go of it. */
public final class TenantHold implements AutoCloseable {
    private static final Duration CONFIRM = Duration.ofMinutes(1);

    private final TenantSession contact;
    private final KeepAlive alive;
    private JournalState state;

    private TenantHold(TenantSession contact, JournalState state) {
        this.contact = contact;
        this.alive = KeepAlive.of(contact.session());
        this.state = state;
    }

    /**
     * Takes hold of a database.
     *
     * @param uid which database it must be; a journal of another one is left as it is
     * @throws SkeinException if it cannot be reached or is not fit or is another one, somebody else
     *     holds it, or a higher generation was accepted before
     */
    public static TenantHold of(
            PgClient client,
            DatabaseAddress address,
            Scope scope,
            Author author,
            Clock clock,
            String uid) {
        var order = MigrationOrder.ofJournal(address, scope, author).withUid(uid);
        return fenced(TenantSession.open(client, order, clock, Progress.NONE), address);
    }

    private static TenantHold fenced(TenantSession contact, DatabaseAddress address) {
        try {
            var state =
                    contact.fence()
                            .orElseThrow(() ->
                                    new RunRefusal(
                                            "Database " + address,
                                            "a later directive was accepted before",
                                            ""));
            return new TenantHold(contact, state);
        } catch (RuntimeException e) {
            contact.close();
            throw e;
        }
    }

    /**
     * What a restored database's journal says of it.
     *
     * @param checksum of the backup
     * @param doubt what nobody could compare, in words; null where all was
     * @param isAsLeft whether the schema was what it must be when it was saved; so it is then, also
     *     where a dump brings something back otherwise
     */
    public record Revival(String text, String checksum, @Nullable String doubt, boolean isAsLeft) {
        private EntryDraft entry(List<String> heads) {
            var body = new EntryBody.Restored(checksum, doubt, isAsLeft ? 0L : null);
            return new EntryDraft(heads, text, body);
        }
    }

    /**
     * Lets the journal of a restored database go on in the place of the one that it replaces: as a
     * new incarnation, fenced against whoever held that one.
     *
     * @param restored where it is at the moment
     * @param name what it will be called
     * @param replaced where the journal stands that it replaces
     * @param said what its journal shall say of it
     */
    public static void revive(
            PgClient client,
            DatabaseAddress restored,
            Scope scope,
            Author author,
            Clock clock,
            String name,
            JournalState replaced,
            Revival said) {
        var order = MigrationOrder.ofJournal(restored, scope, author);
        try (var contact = TenantSession.openForeign(client, order, clock, Progress.NONE)) {
            var here = contact.identity();
            var there =
                    new DatabaseIdentity(
                            here.systemIdentifier(), here.databaseOid(), name, here.site());
            contact.binding().bind(there, true, null);
            contact.binding().raise(replaced.epoch(), replaced.accepted());
            var state = contact.fence().orElseThrow();
            var draft = said.entry(state.heads());
            contact.append(
                    state, said.isAsLeft() ? draft.withFingerprint(fingerprint(contact)) : draft);
        }
    }

    private static String fingerprint(TenantSession contact) {
        return DriftGuard.seen(contact).toString();
    }

    /** Where its journal stands. */
    public JournalState state() {
        return state;
    }

    /** What its journal tells, in order. */
    public List<Envelope> history() {
        return contact.journal().envelopes();
    }

    /**
     * Asks the journal whether nobody else has taken over since, over the session that has the
     * lock.
     *
     * @throws SkeinException if somebody has, or the session is gone
     */
    public void confirm() {
        var guard = new JournalSql(contact.journal().target(), Nonce.next()).guard(state);
        try {
            // By itself: whoever keeps the session alive would be told of an aborted transaction.
            var rows = session().script(guard, CONFIRM);
            if (rows.size() != 1) {
                throw new RunRefusal(session().subject(), "its journal is gone", "");
            }
        } catch (PgServerError e) {
            throw new RunRefusal(
                    session().subject(), AbortCondition.says(e), "Look at its history");
        } catch (Unreachable e) {
            throw lockLost(e);
        }
    }

    /** What to say where the session that held it is gone. */
    public Unreachable lockLost(SkeinException why) {
        return new Unreachable(
                session().subject(),
                "its lock was lost before it was replaced: " + why.found(),
                "Nothing was changed",
                true,
                why);
    }

    /** Appends an entry that changes nothing but the history. */
    public void note(EntryDraft draft) {
        state = contact.append(state, draft);
    }

    /** The session that holds it. */
    public PgSession session() {
        return contact.session();
    }

    /**
     * Why it does not hold the database any more: its session ended, or was silent for a minute.
     * Known some seconds after it happened; whoever does what cannot be undone asks the journal,
     * too.
     */
    public Optional<SkeinException> lost() {
        return alive.lost();
    }

    /** Which database it is. */
    public DatabaseIdentity identity() {
        return contact.identity();
    }

    @Override
    public void close() {
        alive.close();
        contact.close();
    }
}
