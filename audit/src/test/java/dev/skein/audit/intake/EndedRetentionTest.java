// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.audit.testing.OnAuditDatabase;
import dev.skein.audit.testing.TestSettings;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Findings are kept for 30 days, letters for 90. */
class EndedRetentionTest extends OnAuditDatabase {
    private static final Clock NOW =
            Clock.fixed(Instant.parse("2026-11-30T00:00:00Z"), ZoneOffset.UTC);
    private static final String FILL =
            """
            INSERT INTO finding(uid, expected, observed, cohort, state, first_seen, last_seen, ended_at)
                SELECT 'u' || i, 'a', 'b', 'c', CASE WHEN i > 600 THEN 'open' ELSE 'gone' END, at, at,
                    CASE WHEN i <= 600 THEN at + CASE WHEN i = 600 THEN interval '11 months' ELSE interval '1 day' END END
                FROM generate_series(1, 610) i, (VALUES (timestamptz '2026-01-01 00:00Z')) AS t(at);
            INSERT INTO dead_letter(topic, part, at_offset, key, value, digest, produced_at, reason, state, settled_at)
                SELECT 't', 0, i, '', '', int4send(i), 0, 'r', state, at
                FROM (VALUES (1, 'waiting', NULL), (2, 'dropped', timestamptz '2026-08-01 00:00Z'),
                    (3, 'replayed', timestamptz '2026-10-01 00:00Z'), (4, 'replayed', timestamptz '2026-01-01 00:00Z')) AS l(i, state, at);
            """;

    @TempDir Path folder;

    @Test
    void whatEndedLongAgoIsDeletedAndNothingElse() {
        database.run(FILL);
        var retention = new EndedRetention(new TestSettings(folder), db, NOW);
        assertThat(retention.sweep()).as("some at a time").isEqualTo(502);
        assertThat(retention.sweep()).isEqualTo(99);
        assertThat(retention.sweep()).isZero();
        assertThat(
                        database.value(
                                "SELECT count(*) || ' ' || min(substr(uid, 2)::int) FROM finding"))
                .isEqualTo("11 600");
        assertThat(
                        database.value(
                                "SELECT string_agg(state, ' ' ORDER BY at_offset) FROM"
                                        + " dead_letter"))
                .isEqualTo("waiting replayed");
    }
}
