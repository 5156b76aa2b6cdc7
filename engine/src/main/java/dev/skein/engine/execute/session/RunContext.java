// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.Scripts;

/**
 * What one run has at hand, from its first question to its last entry.
 *
 * @param contact the session that has the tenant's lock
 * @param brake asked before each step
 * @param progress hears how far it comes
 * @param watched the same session, as the watcher sees it
 * @param safeguard what is done before the first step
 */
public record RunContext(
        TenantSession contact,
        MigrationOrder order,
        Brake brake,
        Progress progress,
        WatchedSession watched,
        SafeguardWatch safeguard) {

    public PgSession session() {
        return contact.session();
    }

    public Scripts scripts() {
        return order.scripts();
    }

    /** What messages call the database. */
    public String subject() {
        return contact.session().subject();
    }

    /** Whether a directive asked for it, and not a person. */
    public boolean isDirected() {
        return order.author().generation() != null;
    }

    /** All the attempts that a step has, or something that is read outside of steps. */
    public Patience newPatience() {
        return new Patience(order.limits(), watched, progress);
    }
}
