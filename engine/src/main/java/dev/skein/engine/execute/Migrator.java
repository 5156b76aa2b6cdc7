// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.JournalSql;
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
 */
public final class Migrator {
    private final PgClient client;
    private final Clock clock;

    public Migrator(PgClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** Carries an order out. Blocks; meant for a thread of its own, virtual or not. */
    public Outcome run(Order order, Brake brake, Progress progress) {
        try (var contact = Contact.open(client, order, clock, progress)) {
            var fenced = contact.fence();
            if (fenced.isEmpty()) {
                return new Outcome.Superseded(contact.journal().read().orElseThrow().accepted());
            }
            var outcome = new Run(contact, order, brake, progress, fenced.get()).go();
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
        // 57P: terminated or shutting down; SK001: another holder took over while we were away.
        var cut = e.sqlState().startsWith("57P") || e.sqlState().equals(JournalSql.MOVED_ON);
        return cut ? new Outcome.Lost(e) : new Outcome.Refused(e);
    }
}
