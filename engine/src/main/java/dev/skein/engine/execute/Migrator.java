// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.Alarm;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.Unreachable;
import java.time.Clock;

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
 * beginning, where the journal knows.
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

    public Migrator(PgClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.watcher = new Watcher(client);
    }

    /** Carries an order out. Blocks; meant for a thread of its own, virtual or not. */
    public Outcome run(Order order, Brake brake, Progress progress) {
        var heard = new WalkedPath(progress);
        for (int attempt = 0; ; attempt++) {
            var outcome = once(order, brake, heard);
            var cut =
                    outcome instanceof Outcome.Lost lost
                            && lost.reason() instanceof Unreachable reason
                            && reason.wasConnected();
            if (!cut || attempt >= order.limits().retries() || brake.isPulled()) {
                return heard.complete(outcome);
            }
            progress.reconnecting(((Outcome.Lost) outcome).reason().found());
        }
    }

    private Outcome once(Order order, Brake brake, Progress progress) {
        try (var contact = Contact.open(client, order, clock, progress);
                var guarded =
                        watcher.guard(
                                order.address(), contact.session().processId(), order.limits())) {
            var outcome = new Run(contact, order, brake, progress, guarded).go();
            contact.release();
            return outcome;
        } catch (Busy e) {
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
        // 57P: terminated or shutting down; else another holder took over while we were away.
        var cut = e.sqlState().startsWith("57P") || Alarm.code(e).equals(Alarm.MOVED_ON);
        return cut ? new Outcome.Lost(e) : new Outcome.Refused(e);
    }
}
