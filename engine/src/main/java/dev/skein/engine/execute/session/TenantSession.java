// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.execute.order.LockBusy;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.journal.EntryChain;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalBinding;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.journal.KeptCatalog;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.Unreachable;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * From the first packet to a fenced journal: connects directly, refuses poolers and standbys, takes
 * the lock, creates the journal where there is none, checks that it belongs to this database.
 */
public final class TenantSession implements AutoCloseable {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    private final SessionParts parts;
    private final PgSession session;
    private final MigrationOrder order;
    private final Journal journal;
    private final OpenedJournal opened;

    TenantSession(SessionParts parts, OpenedJournal opened) {
        this.parts = parts;
        this.session = parts.session();
        this.order = parts.order();
        this.journal = parts.journal();
        this.opened = opened;
    }

    /** Connects and takes the lock. The caller closes it on every path. */
    public static TenantSession open(
            PgClient client, MigrationOrder order, Clock clock, Progress progress) {
        return open(client, order, clock, progress, QUERY_TIMEOUT);
    }

    /**
     * The same.
     *
     * @param answer how long the server may take for each of the answers that this needs
     * @throws LockBusy if another run has the database
     * @throws Unreachable if no session can be had
     * @throws SkeinException if the session or the journal is not one to work with; nothing stays
     *     open
     */
    public static TenantSession open(
            PgClient client,
            MigrationOrder order,
            Clock clock,
            Progress progress,
            Duration answer) {
        var contact = SessionOpening.open(client, order, clock, progress, answer, true);
        try {
            contact.refuseForeign();
            contact.session.answersWithin(null);
            return contact;
        } catch (RuntimeException e) {
            contact.close();
            throw e;
        }
    }

    /** The same for a journal that is there and may belong to another place or schema. */
    public static TenantSession openForeign(
            PgClient client, MigrationOrder order, Clock clock, Progress progress) {
        return SessionOpening.open(client, order, clock, progress, QUERY_TIMEOUT, false);
    }

    private void refuseForeign() {
        if (!boundTo().isSame(identity())) {
            throw RunRefusal.foreign(session.subject(), boundTo(), identity());
        }
        parts.schema().refuseStranger();
        parts.refuseOther(state().uid());
    }

    /** Where the journal stood when the lock was taken. */
    public JournalState state() {
        return opened.state();
    }

    /** Fences out earlier holders; nothing if a higher generation was accepted before. */
    public Optional<JournalState> fence() {
        if (!journal.keepsCatalog() && KeptCatalog.add(session)) {
            journal.keepCatalog();
        }
        if (opened.isNew()) {
            return Optional.of(state());
        }
        var now = journal.fence(order.author().generation(), order.scope().site());
        if (now.isPresent() && parts.own()) {
            parts.schema().bind();
        }
        return now;
    }

    /** Takes the lock of another schema of the database, too, until it is closed. */
    public void lockToo(String other, Progress progress) {
        new TenantLock(session, order.withScope(order.scope().withSchema(other))).acquire(progress);
    }

    /** The batched change that is under way. */
    public Optional<BatchProgress> batch() {
        return opened.mayBatch() ? BatchProgress.read(session, order.target()) : Optional.empty();
    }

    /** What binds the journal to another place. */
    public JournalBinding binding() {
        return new JournalBinding(session, order.target());
    }

    /** Which place the journal is bound to. */
    public DatabaseIdentity boundTo() {
        return opened.boundTo();
    }

    /** Appends an entry that belongs to no script. */
    public JournalState append(JournalState before, EntryDraft draft) {
        return append(before, draft, "");
    }

    /**
     * Appends an entry, and changes something with it or not at all.
     *
     * @param with statements for the same transaction; may be empty
     */
    public JournalState append(JournalState before, EntryDraft draft, String with) {
        var written = JournalWriter.write(journal, parts.chain(), before, draft);
        session.script(
                with + written.sql(), QUERY_TIMEOUT); // one message without BEGIN: one transaction
        return written.after();
    }

    /**
     * Appends entries, all or none.
     *
     * @param leaves what the schema is, whatever they tell of it
     */
    public JournalState append(JournalState before, List<EntryDraft> drafts, Fingerprint leaves) {
        var written = JournalWriter.write(journal, parts.chain(), before, drafts, leaves);
        if (!written.sql().isEmpty()) {
            session.script(written.sql(), QUERY_TIMEOUT);
        }
        return written.after();
    }

    /** Which database this is. */
    public DatabaseIdentity identity() {
        return opened.here();
    }

    public PgSession session() {
        return session;
    }

    /** The journal's target. */
    public String target() {
        return journal.target();
    }

    public Journal journal() {
        return journal;
    }

    public EntryChain chain() {
        return parts.chain();
    }

    /** Gives the lock back; the session's end would, too, so an error here ends nothing. */
    public void release() {
        try {
            parts.lock().release();
        } catch (SkeinException e) {
            System.getLogger(TenantSession.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0}: {1}", session.subject(), e.found());
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
