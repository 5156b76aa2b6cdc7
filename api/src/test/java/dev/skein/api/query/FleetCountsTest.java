// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.testing.OnApiDatabase;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What there are too many kinds of is told together. */
class FleetCountsTest extends OnApiDatabase {
    @BeforeEach
    void schema() {
        migrate("heads");
    }

    private void databases(int from, int to, String heads, String problem, String seen) {
        database.run(
                """
                INSERT INTO fleet_database (uid, site, server, name, agent, heads, problem, seq, accepted, size_bytes,
                    server_major, labels, reported_at, seen_at, present_at)
                SELECT md5(n::text), 'eu', 'main', 't' || n, 'x-1', %s, %s, 1, 0, 1, 15, '{}', now(),
                    now() - interval '%s', now() - interval '%s'
                FROM generate_series(%d, %d) n\
                """
                        .formatted(heads, problem, seen, seen, from, to));
    }

    @Test
    void headsProblemsAndSilenceAreCountedApart() {
        databases(1, 5, "'{a}'", "NULL", "0");
        databases(6, 7, "'{b,c}'", "NULL", "0");
        databases(8, 10, "'{a}'", "'it is closed'", "0");
        databases(11, 12, "'{a}'", "NULL", "2 hours");
        var counts = db.call(FleetCounts::of);
        assertThat(counts.databases()).isEqualTo(12);
        assertThat(counts.byHeads()).isEqualTo(Map.of("a", 5L, "b,c", 2L));
        assertThat(counts.byProblem())
                .containsEntry("it is closed", 3L)
                .containsEntry("no agent has told of it for more than an hour", 2L)
                .hasSize(2);
        assertThat(counts.problems()).hasSize(2);
        var closed = counts.problems().getFirst();
        assertThat(closed.examples()).isEqualTo(List.of("eu/t10", "eu/t8", "eu/t9"));
        assertThat(closed.notSeenSince()).isNull();
        assertThat(counts.problems().getLast().notSeenSince()).isNotNull();
        assertThat(counts.rollouts()).isEmpty();
    }

    @Test
    void aFleetOfWhichEachHasHeadsOfItsOwnIsToldInShort() {
        databases(1, 1000, "ARRAY['h' || n]", "NULL", "0");
        databases(1001, 1010, "'{a}'", "NULL", "0");
        var counts = db.call(FleetCounts::of);
        assertThat(counts.byHeads()).hasSize(201).containsEntry("a", 10L);
        assertThat(counts.byHeads()).containsEntry(FleetCounts.OTHERS, 801L);
        assertThat(counts.databases()).isEqualTo(1010);
    }
}
