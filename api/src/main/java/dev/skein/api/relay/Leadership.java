// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.engine.postgres.Db;
import io.vertx.sqlclient.SqlConnection;
import jakarta.enterprise.context.ApplicationScoped;
import org.jspecify.annotations.Nullable;

/**
 * One relay among several replicas: the one that holds an advisory lock. It ends with its
 * connection; what was sent by a leader that lost it unnoticed is fenced by Kafka's transactions.
 */
@ApplicationScoped
public class Leadership {
    private static final long KEY = 0x534b_4549_4e52_454cL; // "SKEINREL"

    private final Db db;
    private @Nullable SqlConnection connection;

    public Leadership(Db db) {
        this.db = db;
    }

    /** Whether we lead; tries to, where nobody does. */
    boolean isOurs() {
        if (connection != null) {
            db.await(connection.query("SELECT 1").execute());
            return true;
        }
        var candidate = db.connection();
        var ours = false;
        try {
            var asked = candidate.query("SELECT pg_try_advisory_lock(" + KEY + ")").execute();
            ours = db.await(asked).iterator().next().getBoolean(0);
            connection = ours ? candidate : null;
        } finally {
            if (!ours) {
                candidate.close();
            }
        }
        return ours;
    }

    /** Gives it up; never fails. */
    void resign() {
        if (connection != null) {
            var held = connection;
            connection = null;
            // Closed without waiting: a dead server would keep us, and its lock ends with it.
            held.query("SELECT pg_advisory_unlock(" + KEY + ")")
                    .execute()
                    .onComplete(done -> held.close());
        }
    }
}
