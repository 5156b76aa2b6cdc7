// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.journal.Binding;
import dev.skein.engine.journal.Chain;
import dev.skein.engine.journal.Draft;
import dev.skein.engine.journal.Identity;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.journal.KeptCatalog;
import dev.skein.engine.journal.UnreadableJournal;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * From the first packet to a fenced journal: connects directly, refuses poolers and standbys, takes
 * the lock, creates the journal where there is none, checks that it belongs to this database.
 */
final class Contact implements AutoCloseable {
    private static final Duration SHORT = Duration.ofMinutes(1);

    private final PgSession session;
    private final Order order;
    private final Chain chain;
    private final Journal journal;
    private final TenantLock lock;
    private Identity identity = new Identity("", 0, "", null);
    private Identity boundTo = identity;
    private @Nullable JournalState state;
    private boolean fenced;
    private boolean batching;

    private Contact(PgSession session, Order order, Clock clock) {
        this.session = session;
        this.order = order;
        this.chain = new Chain(order.author(), clock);
        this.journal = new Journal(session, order.target());
        this.lock = new TenantLock(session, order);
    }

    /** Connects and takes the lock. The caller closes it on every path. */
    static Contact open(PgClient client, Order order, Clock clock, Progress progress) {
        var contact = open(client, order, clock, progress, true);
        try {
            contact.refuseForeign();
            return contact;
        } catch (RuntimeException e) {
            contact.close();
            throw e;
        }
    }

    /** The same for a journal that is there and may belong to another place or schema. */
    static Contact openForeign(PgClient client, Order order, Clock clock, Progress progress) {
        return open(client, order, clock, progress, false);
    }

    private static Contact open(
            PgClient client, Order order, Clock clock, Progress progress, boolean own) {
        var name = "skein " + who(order.author());
        var session = client.open(order.address(), name, SessionSettings.of(order));
        var contact = new Contact(session, order, clock);
        try {
            contact.lockAndCheck(progress, own);
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

    private void lockAndCheck(Progress progress, boolean own) {
        var facts = Facts.ask(session, lock.expression(), order.scope());
        facts.refuseUnfit(session);
        if (own) {
            facts.refuseWithoutSchema(session, order.scope());
        }
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

    private void create(Facts facts, boolean known) {
        facts.refuseWithoutGrant(session, known);
        refuseOther(identity.uid(order.target()));
        if (order.goal() instanceof Goal.Upgrade) {
            RenamedSchema.refuse(session, order.scope());
        }
        state = journal.create(identity, chain, order.author().generation(), !known);
        if (!known) {
            journal.keepCatalog();
        }
        boundTo = identity;
        fenced = true;
    }

    private void refuseForeign() {
        if (!boundTo.isSame(identity)) {
            throw Refusal.foreign(session.subject(), boundTo, identity);
        }
        refuseOther(state().uid());
    }

    /** What was asked for one database is not done to another one. */
    private void refuseOther(String here) {
        if (order.uid() != null && !order.uid().equals(here)) {
            throw new Refusal(
                    session.subject(),
                    "it is database %s, and %s is meant".formatted(here, order.uid()),
                    "Look where the agent's address leads: skein targets");
        }
    }

    /** Where the journal stood when the lock was taken. */
    JournalState state() {
        return Objects.requireNonNull(state, "state");
    }

    /** Fences out earlier holders; nothing if a higher generation was accepted before. */
    Optional<JournalState> fence() {
        if (!journal.keepsCatalog() && KeptCatalog.add(session)) {
            journal.keepCatalog();
        }
        if (fenced) {
            return Optional.of(state());
        }
        return journal.fence(order.author().generation(), order.scope().site());
    }

    /** The batched change that is under way. */
    Optional<BatchProgress> batch() {
        return batching ? BatchProgress.read(session, order.target()) : Optional.empty();
    }

    /** What binds the journal to another place. */
    Binding binding() {
        return new Binding(session, order.target());
    }

    /** Which place the journal is bound to. */
    Identity boundTo() {
        return boundTo;
    }

    /** Appends an entry that belongs to no script. */
    JournalState append(JournalState before, Draft draft) {
        return append(before, draft, "");
    }

    /**
     * Appends an entry, and changes something with it or not at all.
     *
     * @param with statements for the same transaction; may be empty
     */
    JournalState append(JournalState before, Draft draft, String with) {
        var written = JournalWriter.write(journal, chain, before, draft);
        session.script(with + written.sql(), SHORT); // one message without BEGIN: one transaction
        return written.after();
    }

    /** Which database this is. */
    Identity identity() {
        return identity;
    }

    PgSession session() {
        return session;
    }

    /** The journal's target. */
    String target() {
        return journal.target();
    }

    Journal journal() {
        return journal;
    }

    Chain chain() {
        return chain;
    }

    /** Gives the lock back; the session's end would, too, so an error here ends nothing. */
    void release() {
        try {
            lock.release();
        } catch (SkeinException e) {
            System.getLogger(Contact.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0}: {1}", session.subject(), e.found());
        }
    }

    @Override
    public void close() {
        session.close();
    }
}
