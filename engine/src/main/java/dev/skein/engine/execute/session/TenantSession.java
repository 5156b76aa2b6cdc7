// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.SkeinException;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.journal.BoundSchema;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.journal.EntryChain;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalBinding;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.journal.KeptCatalog;
import dev.skein.engine.journal.UnreadableJournal;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From the first packet to a fenced journal: connects directly, refuses poolers and standbys, takes
 * the lock, creates the journal where there is none, checks that it belongs to this database.
 */
public final class TenantSession implements AutoCloseable {
    private static final Duration SHORT = Duration.ofMinutes(1);

    private final PgSession session;
    private final MigrationOrder order;
    private final EntryChain chain;
    private final Journal journal;
    private final TenantLock lock;
    private final boolean own;
    private DatabaseIdentity identity = new DatabaseIdentity("", 0, "", null);
    private DatabaseIdentity boundTo = identity;
    private @Nullable JournalState state;
    private boolean fenced;
    private boolean batching;
    private boolean knowsSchema;

    private TenantSession(PgSession session, MigrationOrder order, Clock clock, boolean own) {
        this.own = own;
        this.session = session;
        this.order = order;
        this.chain = new EntryChain(order.author(), clock);
        this.journal = new Journal(session, order.target());
        this.lock = new TenantLock(session, order);
    }

    /** Connects and takes the lock. The caller closes it on every path. */
    public static TenantSession open(
            PgClient client, MigrationOrder order, Clock clock, Progress progress) {
        return open(client, order, clock, progress, SHORT);
    }

    /**
     * The same.
     *
     * @param answer how long the server may take for each of the answers that this needs
     */
    public static TenantSession open(
            PgClient client,
            MigrationOrder order,
            Clock clock,
            Progress progress,
            Duration answer) {
        var contact = open(client, order, clock, progress, answer, true);
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
        return open(client, order, clock, progress, SHORT, false);
    }

    private static TenantSession open(
            PgClient client,
            MigrationOrder order,
            Clock clock,
            Progress progress,
            Duration answer,
            boolean own) {
        var name = "skein " + who(order.author());
        var session = client.open(order.address(), name, SessionSettings.of(order));
        session.answersWithin(answer);
        var contact = new TenantSession(session, order, clock, own);
        try {
            contact.lockAndCheck(progress);
            return contact;
        } catch (PgServerError e) {
            session.close();
            throw UnreadableJournal.told(e, session);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static String who(Author author) {
        return author.rollout() == null ? author.actor() : author.rollout();
    }

    private void lockAndCheck(Progress progress) {
        var facts = ServerProbe.ask(session, lock.expression(), order.scope());
        facts.refuseUnfit(session);
        var settings = SessionSettings.afterwards(session.major());
        if (settings != null) {
            session.script(settings, SHORT);
        }
        identity = facts.identity();
        if (facts.keeping()) {
            journal.keepCatalog();
        }
        batching = facts.batching() || !facts.locked();
        if (!facts.locked()) {
            lock.acquire(progress);
        }
        if (own) {
            refuseWithoutSchema();
        }
        // Another run may have created the journal since the question was answered: it sees the
        // catalog as it was before the lock was tried.
        var known = facts.known() || journal.exists();
        var standing = known ? journal.standing() : Optional.<Journal.Standing>empty();
        if (standing.isPresent()) {
            state = standing.get().state();
            boundTo = standing.get().boundTo();
        } else {
            if (known && journal.isHollow()) {
                throw UnreadableJournal.hollow(session);
            }
            if (!own) {
                throw RenamedSchema.withoutJournal(session, order.scope());
            }
            create(facts, known);
        }
    }

    private void create(ServerProbe facts, boolean known) {
        facts.refuseWithoutGrant(session, known);
        refuseOther(identity.uid(order.target()));
        RenamedSchema.refuse(session, order.scope(), !(order.goal() instanceof Goal.Upgrade));
        state = journal.create(identity, chain, order.author().generation(), !known);
        if (!known) {
            journal.keepCatalog();
        }
        boundTo = identity;
        fenced = true;
        learnSchema();
    }

    /** Asked under the lock: whoever had it may have let the journal follow a renamed schema. */
    private void refuseWithoutSchema() {
        var scope = order.scope();
        if (!scope.isDatabase() && BoundSchema.number(session, scope.schema()) == null) {
            throw new RunRefusal(
                    session.subject(),
                    "it has no schema '" + scope.schema() + "'",
                    "Create it: CREATE SCHEMA " + SqlLiterals.name(scope.schema()));
        }
    }

    /** Lets the journal know its schema by more than its name, where it does not yet. */
    private void learnSchema() {
        if (!order.scope().isDatabase() && !knowsSchema) {
            BoundSchema.prepare(session);
            BoundSchema.bind(session, target());
        }
    }

    private void refuseForeign() {
        if (!boundTo.isSame(identity)) {
            throw RunRefusal.foreign(session.subject(), boundTo, identity);
        }
        if (!order.scope().isDatabase()) {
            var schema = BoundSchema.of(session, target());
            RenamedSchema.throwing(RenamedSchema.stranger(session, schema));
            knowsSchema = schema.oid() != null;
        }
        refuseOther(state().uid());
    }

    /** What was asked for one database is not done to another one. */
    private void refuseOther(String here) {
        if (order.uid() != null && !order.uid().equals(here)) {
            throw new RunRefusal(
                    session.subject(),
                    "it is database %s, and %s is meant".formatted(here, order.uid()),
                    "Look where the agent's address leads: skein targets");
        }
    }

    /** Where the journal stood when the lock was taken. */
    public JournalState state() {
        return Objects.requireNonNull(state, "state");
    }

    /** Fences out earlier holders; nothing if a higher generation was accepted before. */
    public Optional<JournalState> fence() {
        if (!journal.keepsCatalog() && KeptCatalog.add(session)) {
            journal.keepCatalog();
        }
        if (fenced) {
            return Optional.of(state());
        }
        var now = journal.fence(order.author().generation(), order.scope().site());
        if (now.isPresent() && own) {
            learnSchema();
        }
        return now;
    }

    /** Takes the lock of another schema of the database, too, until it is closed. */
    public void lockToo(String other, Progress progress) {
        new TenantLock(session, order.withScope(order.scope().withSchema(other))).acquire(progress);
    }

    /** The batched change that is under way. */
    public Optional<BatchProgress> batch() {
        return batching ? BatchProgress.read(session, order.target()) : Optional.empty();
    }

    /** What binds the journal to another place. */
    public JournalBinding binding() {
        return new JournalBinding(session, order.target());
    }

    /** Which place the journal is bound to. */
    public DatabaseIdentity boundTo() {
        return boundTo;
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
        var written = JournalWriter.write(journal, chain, before, draft);
        session.script(with + written.sql(), SHORT); // one message without BEGIN: one transaction
        return written.after();
    }

    /**
     * Appends entries, all or none.
     *
     * @param leaves what the schema is, whatever they tell of it
     */
    public JournalState append(JournalState before, List<EntryDraft> drafts, Fingerprint leaves) {
        var state = before;
        var sql = new StringBuilder();
        int open = drafts.size();
        for (var draft : drafts) {
            var print = --open == 0 ? leaves : null;
            var written = JournalWriter.write(journal, chain, state, draft, print);
            sql.append(written.sql());
            state = written.after();
        }
        if (!sql.isEmpty()) {
            session.script(sql.toString(), SHORT);
        }
        return state;
    }

    /** Which database this is. */
    public DatabaseIdentity identity() {
        return identity;
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
        return chain;
    }

    /** Gives the lock back; the session's end would, too, so an error here ends nothing. */
    public void release() {
        try {
            lock.release();
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
