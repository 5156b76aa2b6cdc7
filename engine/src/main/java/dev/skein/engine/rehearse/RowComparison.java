// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import dev.skein.engine.scratch.ScratchDatabase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Whether two databases of the same schema hold the same rows, and their sequences stand alike. */
final class RowComparison {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(10);

    /** Tables that hold something; most of those in a history hold nothing. */
    private static final String FILLED =
            """
            SELECT format('SELECT %L, count(*), coalesce(sum(hashtextextended(t::text, 0)), 0)::text FROM ONLY %s t',
                          c.oid::regclass, c.oid::regclass)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE c.relkind = 'r' AND c.oid >= 16384 AND n.nspname NOT IN ('skein', 'pg_toast', 'information_schema')
              AND pg_relation_size(c.oid) > 0
            UNION ALL
            SELECT format('SELECT %L, 0::bigint, %L', schemaname || '.' || sequencename, last_value)
            FROM pg_sequences WHERE schemaname <> 'skein' AND last_value IS NOT NULL
            ORDER BY 1
            """;

    private RowComparison() {}

    static boolean are(ScratchDatabase one, ScratchDatabase other) {
        return rows(one).equals(rows(other));
    }

    private static List<String> rows(ScratchDatabase database) {
        try (var session = database.open()) {
            var asked = new ArrayList<String>();
            session.script("SET search_path = pg_catalog; SET row_security = off", QUERY_TIMEOUT);
            session.script(FILLED, QUERY_TIMEOUT).forEach(row -> asked.add(row.getString(0)));
            var found = new ArrayList<String>();
            if (!asked.isEmpty()) {
                for (var row : session.script(String.join(" UNION ALL ", asked), QUERY_TIMEOUT)) {
                    found.add(row.getString(0) + " " + row.getLong(1) + " " + row.getString(2));
                }
            }
            found.sort(null);
            return found;
        }
    }
}
