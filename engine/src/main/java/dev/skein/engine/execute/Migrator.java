// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.LockBusy;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Safeguard;
import dev.skein.engine.execute.session.KeepAlive;
import dev.skein.engine.execute.session.RunContext;
import dev.skein.engine.execute.session.SafeguardWatch;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.execute.session.Watcher;
import dev.skein.engine.journal.AbortCondition;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.Unreachable;
import java.time.Clock;
import java.time.Duration;

/**
 * Tells the story of one tenant: connect, lock, fence, re-read, plan, check, run, observe. Every
 * end is an {@link Outcome}.
 *
 * <pre>
 *   connect ─ lock ─ fence ─ plan ─ prechecks ─ step ─ … ─ step ─ observe ─ unlock
 *      │        │       │               │         │  │
 *    Lost    Refused Superseded      Refused  Failed Held
 * </pre>
 *
 * <p>A database that is at its goal already is only read. A connection that breaks leaves the
 * outcome of what was sent unknown, a COMMIT's above all; the story is then told again from the
 * beginning, where the journal knows; for a minute, unless it gets further meanwhile.
 *
 * <pre>{@code
 * try (var client = PgClient.create()) {
 *     var order = new Order(
 *             DatabaseAddress.parse("postgresql://app@localhost/app"),
 *             Scope.DATABASE,
 *             new RevisionFolder(Path.of("revisions")).load(),
 *             new Goal.Upgrade("head"),
 *             new Author("ci", null, null),
 *             Limits.DEFAULT);
 *     switch (new Migrator(client, Clock.systemUTC()).run(order, Brake.OFF, Progress.NONE)) {
 *         case Outcome.Done done -> System.out.println("at " + done.heads());
 *         case Outcome.Failed failed -> throw failed.error();
 *         …
 *     }
 * }
 * }</pre>
 */
public final class Migrator {
    private final PgClient client;
    private final Clock clock;
    private final Watcher watcher;
    private final Reconnecting reconnecting;

    /**
     * How long a server is borne with that does not answer.
     *
     * @param answer to each question until the run has its lock and knows its journal
     * @param whole from the first loss, after which no other attempt is begun unless something was
     *     committed meanwhile
     * @param held to the session that has the lock while the safeguard works
     */
    record Reconnecting(Duration answer, Duration whole, Duration held) {
        static final Reconnecting DEFAULT =
                new Reconnecting(Duration.ofSeconds(30), Duration.ofMinutes(1));

        Reconnecting(Duration answer, Duration whole) {
            this(answer, whole, KeepAlive.ANSWER_TIMEOUT);
        }
    }

    public Migrator(PgClient client, Clock clock) {
        this(client, clock, new Watcher(client), Reconnecting.DEFAULT);
    }

    Migrator(PgClient client, Clock clock, Watcher watcher, Reconnecting reconnecting) {
        this.client = client;
        this.clock = clock;
        this.watcher = watcher;
        this.reconnecting = reconnecting;
    }

    /**
     * Carries an order out. Blocks; meant for a thread of its own, virtual or not.
     *
     * @throws SkeinException with {@code INTERRUPTED} if this thread is interrupted; anything else
     *     is an outcome
     */
    public Outcome run(MigrationOrder order, Brake brake, Progress progress) {
        return run(order, brake, progress, Safeguard.NONE);
    }

    /**
     * The same with something that is done before the first step.
     *
     * @param safeguard done again where a broken connection lets the run begin anew
     * @throws SkeinException with {@code INTERRUPTED} if this thread is interrupted; anything else
     *     is an outcome
     */
    public Outcome run(MigrationOrder order, Brake brake, Progress progress, Safeguard safeguard) {
        var heard = new WalkedPath(progress);
        var attempts = new RunAttempts(order, brake, heard, reconnecting.whole());
        return heard.complete(attempts.untilSettled(() -> attempt(order, brake, heard, safeguard)));
    }

    private Outcome attempt(
            MigrationOrder order, Brake brake, WalkedPath heard, Safeguard safeguard) {
        try (var contact = TenantSession.open(client, order, clock, heard, reconnecting.answer());
                var watched = watcher.guard(order.address(), contact.session(), order.limits())) {
            var watch = new SafeguardWatch(safeguard, contact.session(), reconnecting.held());
            var context = new RunContext(contact, order, brake, heard, watched, watch);
            var outcome = new Run(context, heard.plan()).carryOut();
            contact.release();
            return outcome;
        } catch (LockBusy e) {
            return new Outcome.Occupied(e);
        } catch (Unreachable e) {
            return new Outcome.Lost(e);
        } catch (PgServerError e) {
            return ended(e);
        } catch (SkeinException e) {
            if (e.code() == ErrorCode.INTERRUPTED) {
                throw e;
            }
            return new Outcome.Refused(e);
        }
    }

    private static Outcome ended(PgServerError e) {
        // Terminated or shutting down; or another holder took over while we were away.
        if (AbortCondition.code(e).equals(AbortCondition.MOVED_ON)) {
            return new Outcome.Lost(SkeinException.failed(e.subject(), AbortCondition.says(e), ""));
        }
        return e.isShutDown() ? new Outcome.Lost(e) : new Outcome.Refused(e);
    }
}
