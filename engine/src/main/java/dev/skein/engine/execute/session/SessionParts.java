// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.journal.EntryChain;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.postgres.PgSession;
import java.time.Clock;

/**
 * What a tenant's session consists of, from its first packet on.
 *
 * @param own whether the journal must be this place's; else it must be there
 */
record SessionParts(
        PgSession session,
        MigrationOrder order,
        boolean own,
        EntryChain chain,
        Journal journal,
        TenantLock lock,
        TenantSchema schema) {

    static SessionParts of(PgSession session, MigrationOrder order, Clock clock, boolean own) {
        return new SessionParts(
                session,
                order,
                own,
                new EntryChain(order.author(), clock),
                new Journal(session, order.target()),
                new TenantLock(session, order),
                new TenantSchema(session, order.scope()));
    }

    /** What was asked for one database is not done to another one. */
    void refuseOther(String here) {
        if (order.uid() != null && !order.uid().equals(here)) {
            throw new RunRefusal(
                    session.subject(),
                    "it is database %s, and %s is meant".formatted(here, order.uid()),
                    "Look where the agent's address leads: skein targets");
        }
    }
}
