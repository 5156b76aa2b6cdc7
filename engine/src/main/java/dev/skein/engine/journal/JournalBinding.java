// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** What a target's journal belongs to. Needs the tenant's lock. */
public final class JournalBinding {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    private final PgSession session;
    private final String target;

    public JournalBinding(PgSession session, String target) {
        this.session = session;
        this.target = target;
    }

    /**
     * Binds it to a place. A restored database begins a new incarnation: numbers and hashes go on,
     * but nobody takes them for those that the lost entries had.
     *
     * @param uid a new one; null to keep it
     */
    public void bind(DatabaseIdentity here, boolean anew, @Nullable String uid) {
        var incarnation = HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextLong());
        session.query(
                """
                UPDATE skein.state
                SET system_identifier = $2, database_oid = $3, place = $4, site = $8,
                    incarnation = CASE WHEN $5 THEN $6 ELSE incarnation END, uid = coalesce($7, uid)
                WHERE target = $1
                """,
                target,
                here.systemIdentifier(),
                here.databaseOid(),
                here.place(),
                anew || uid != null,
                incarnation,
                uid,
                here.site());
    }

    /** Lets it be another schema's from now on; to be called in a transaction, as its last. */
    public void rename(String to) {
        rename(List.of("state", "entry", "relay"), to);
        if (hasBatches()) {
            rename(List.of("batch"), to);
        }
        BoundSchema.bind(session, to);
    }

    private void rename(List<String> tables, String to) {
        for (var table : tables) {
            session.query(
                    "UPDATE skein.%s SET target = $2 WHERE target = $1".formatted(table),
                    target,
                    to);
        }
    }

    /**
     * Puts it away: it is kept under a name that no schema can have, and nothing goes on with it.
     * To be called in a transaction, as its last.
     */
    public void retire(String uid) {
        if (hasBatches()) {
            session.script(BatchProgress.end(target), QUERY_TIMEOUT);
        }
        rename(List.of("state", "entry", "relay"), BoundSchema.retired(uid));
    }

    private boolean hasBatches() {
        var rows = session.query("SELECT to_regclass('skein.batch') IS NOT NULL");
        return rows.iterator().next().getBoolean(0);
    }

    /** Lets epoch and accepted generation be at least so high. */
    public void raise(long epoch, long accepted) {
        session.query(
                """
                UPDATE skein.state
                SET epoch = greatest(epoch, $2), accepted = greatest(accepted, $3)
                WHERE target = $1
                """,
                target,
                epoch,
                accepted);
    }
}
