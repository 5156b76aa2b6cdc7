// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.nontransactional;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.script.TokenCursor;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** ALTER TABLE … DETACH PARTITION … CONCURRENTLY: cut off, the detachment is pending. */
record DetachForm(String parent, String child) implements NonTransactionalForm {
    private static final String ATTACHED = "attached";
    private static final Duration DETACH_TIMEOUT = Duration.ofHours(24);

    static Optional<NonTransactionalForm> of(TokenCursor words) {
        if (!words.take("ALTER", "TABLE")) {
            return Optional.empty();
        }
        words.take("IF", "EXISTS");
        words.take("ONLY");
        var parent = String.join(".", words.name());
        words.takeSign('*');
        if (!words.take("DETACH", "PARTITION")) {
            return Optional.empty();
        }
        var child = String.join(".", words.name());
        return words.take("CONCURRENTLY")
                ? Optional.of(new DetachForm(parent, child))
                : Optional.empty();
    }

    @Override
    public Map<String, String> before(PgSession session) {
        return rows(session).size() > 0 ? Map.of(ATTACHED, "yes") : Map.of();
    }

    private RowSet<Row> rows(PgSession session) {
        return session.script(
                "SELECT inhdetachpending FROM pg_inherits WHERE inhrelid = to_regclass("
                        + SqlLiterals.text(child)
                        + ") AND inhparent = to_regclass("
                        + SqlLiterals.text(parent)
                        + ")",
                Duration.ofMinutes(1));
    }

    @Override
    public Finding observe(PgSession session, Map<String, String> before) {
        var rows = rows(session);
        if (rows.size() == 0) {
            return before.containsKey(ATTACHED) ? Finding.DONE : Finding.OPEN;
        }
        return rows.iterator().next().getBoolean(0) ? Finding.BROKEN : Finding.OPEN;
    }

    /** A pending detachment cannot be undone, only finished. */
    @Override
    public void cleanUp(PgSession session, Map<String, String> before) {
        if (observe(session, before) == Finding.BROKEN) {
            session.script(
                    "ALTER TABLE " + parent + " DETACH PARTITION " + child + " FINALIZE",
                    DETACH_TIMEOUT);
        }
    }
}
