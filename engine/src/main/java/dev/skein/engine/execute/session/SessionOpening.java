// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.UnreadableJournal;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * What is done over a session before it is ready for work: it refuses poolers and standbys, takes
 * the lock, and finds the journal or makes it.
 */
final class SessionOpening {
    private static final Duration SETTING_TIMEOUT = Duration.ofMinutes(1);

    private final PgSession session;
    private final MigrationOrder order;
    private final Journal journal;
    private final SessionParts parts;

    private SessionOpening(SessionParts parts) {
        this.parts = parts;
        this.session = parts.session();
        this.order = parts.order();
        this.journal = parts.journal();
    }

    /**
     * Connects and takes the lock.
     *
     * @param answer how long the server may take for each of its answers
     * @param own whether the journal must be this place's; else it must be there
     */
    static TenantSession open(
            PgClient client,
            MigrationOrder order,
            Clock clock,
            Progress progress,
            Duration answer,
            boolean own) {
        var name = "skein " + who(order.author());
        var session = client.open(order.address(), name, SessionSettings.of(order));
        session.answersWithin(answer);
        try {
            var parts = SessionParts.of(session, order, clock, own);
            return new TenantSession(parts, new SessionOpening(parts).lockAndFind(progress));
        } catch (PgServerError e) {
            session.close();
            throw UnreadableJournal.meaning(e, session);
        } catch (RuntimeException e) {
            session.close();
            throw e;
        }
    }

    private static String who(Author author) {
        return author.rollout() == null ? author.actor() : author.rollout();
    }

    private OpenedJournal lockAndFind(Progress progress) {
        var facts = ServerProbe.ask(session, parts.lock().expression(), order.scope());
        facts.refuseUnfit(session);
        var settings = SessionSettings.afterwards(session.major());
        if (settings != null) {
            session.script(settings, SETTING_TIMEOUT);
        }
        if (facts.keeping()) {
            journal.keepCatalog();
        }
        if (!facts.locked()) {
            parts.lock().acquire(progress);
        }
        if (parts.own()) {
            parts.schema().refuseMissing();
        }
        return found(facts);
    }

    private OpenedJournal found(ServerProbe facts) {
        // Another run may have created the journal since the question was answered: it sees the
        // catalog as it was before the lock was tried.
        var known = facts.known() || journal.exists();
        var standing = known ? journal.standing() : Optional.<Journal.Standing>empty();
        if (standing.isPresent()) {
            var found = standing.get();
            var mayBatch = facts.batching() || !facts.locked();
            return new OpenedJournal(
                    facts.identity(), found.boundTo(), found.state(), false, mayBatch);
        }
        if (known && journal.isHollow()) {
            throw UnreadableJournal.hollow(session);
        }
        if (!parts.own()) {
            throw RenamedSchema.withoutJournal(session, order.scope());
        }
        return created(facts, known);
    }

    private OpenedJournal created(ServerProbe facts, boolean known) {
        var here = facts.identity();
        facts.refuseWithoutGrant(session, known);
        parts.refuseOther(here.uid(order.target()));
        RenamedSchema.refuse(session, order.scope(), !(order.goal() instanceof Goal.Upgrade));
        var state = journal.create(here, parts.chain(), order.author().generation(), !known);
        if (!known) {
            journal.keepCatalog();
        }
        parts.schema().bind();
        return new OpenedJournal(here, here, state, true, facts.batching() || !facts.locked());
    }
}
