// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.nontransactional;

import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Looks indexes up, and drops invalid ones. */
final class IndexLookup {
    /** Dropping concurrently waits for every older transaction. */
    private static final Duration QUERY_TIMEOUT = Duration.ofHours(24);

    private IndexLookup() {}

    /**
     * An index as the catalog shows it.
     *
     * @param running whether a session builds it right now
     */
    record Index(long oid, String name, boolean valid, boolean running) {}

    /** What another role's session builds is not shown, only that it builds, and what it locks. */
    private static final String COLUMNS =
            """
            SELECT x.indexrelid::bigint, x.indexrelid::regclass::text, x.indisvalid, EXISTS (SELECT
                FROM pg_stat_progress_create_index p WHERE p.pid <> pg_backend_pid() AND p.datid =
                (SELECT oid FROM pg_database WHERE datname = current_database()) AND (p.index_relid
                = x.indexrelid OR p.relid = x.indrelid OR p.relid IS NULL AND EXISTS (SELECT FROM
                pg_locks l WHERE l.pid = p.pid AND l.granted AND l.database = p.datid AND l.relation
                = x.indrelid)))
            FROM pg_index x
            WHERE
            """;

    /** The index of a name, as the search path finds it. */
    static Optional<Index> named(PgSession session, String name) {
        return where(session, "x.indexrelid = to_regclass(" + SqlLiterals.text(name) + ")").stream()
                .findFirst();
    }

    /** The indexes that fulfil a condition on {@code pg_index x}. */
    static List<Index> where(PgSession session, String condition) {
        var found = new ArrayList<Index>();
        session.script(COLUMNS + condition + " ORDER BY 1", Duration.ofMinutes(1))
                .forEach(r ->
                        found.add(
                                new Index(
                                        r.getLong(0),
                                        r.getString(1),
                                        r.getBoolean(2),
                                        r.getBoolean(3))));
        return found;
    }

    static void drop(PgSession session, Index index) {
        session.script("DROP INDEX CONCURRENTLY IF EXISTS " + index.name(), QUERY_TIMEOUT);
    }
}
