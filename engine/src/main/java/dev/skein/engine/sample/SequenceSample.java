// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.sample;

import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.HashSet;

/** Lets sequences of a scratch database stand where those of a real one stand. */
final class SequenceSample {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(2);
    private static final String NAMES =
            "SELECT format('%I.%I', schemaname, sequencename) FROM pg_sequences";
    private static final String PLACES =
            """
            SELECT format('%I.%I', schemaname, sequencename), last_value
            FROM pg_sequences
            WHERE last_value IS NOT NULL AND schemaname <> 'skein'
            """;

    private SequenceSample() {}

    static void take(PgSession source, PgSession scratch) {
        var known = new HashSet<String>();
        scratch.script(NAMES, QUERY_TIMEOUT).forEach(row -> known.add(row.getString(0)));
        for (var row : source.script(PLACES, QUERY_TIMEOUT)) {
            if (known.contains(row.getString(0))) {
                scratch.query(
                        "SELECT setval($1::text::regclass, $2)", row.getString(0), row.getLong(1));
            }
        }
    }
}
