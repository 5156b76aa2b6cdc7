// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.BoundSchema;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;

/** The schema that a session's journal is about; nothing to do where it is the whole database. */
final class TenantSchema {
    private final PgSession session;
    private final Scope scope;
    private boolean isKnown;

    TenantSchema(PgSession session, Scope scope) {
        this.session = session;
        this.scope = scope;
    }

    /** Asked under the lock: whoever had it may have let the journal follow a renamed schema. */
    void refuseMissing() {
        if (!scope.isDatabase() && BoundSchema.number(session, scope.schema()) == null) {
            throw new RunRefusal(
                    session.subject(),
                    "it has no schema '" + scope.schema() + "'",
                    "Create it: CREATE SCHEMA " + SqlLiterals.name(scope.schema()));
        }
    }

    /** Refuses one that the journal does not belong to. */
    void refuseStranger() {
        if (!scope.isDatabase()) {
            var schema = BoundSchema.of(session, scope.schema());
            RenamedSchema.throwing(RenamedSchema.stranger(session, schema));
            isKnown = schema.oid() != null;
        }
    }

    /** Lets the journal know it by more than its name, where it does not yet. */
    void bind() {
        if (!scope.isDatabase() && !isKnown) {
            BoundSchema.prepare(session);
            BoundSchema.bind(session, scope.schema());
        }
    }
}
