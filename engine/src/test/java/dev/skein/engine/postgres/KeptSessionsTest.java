// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.testing.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class KeptSessionsTest {
    private static final Duration BOUND = Duration.ofMinutes(2);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private int used(PgClient client, Map<String, String> settings, String sql) {
        try (var session = client.open(database.address(), "kept", settings)) {
            session.script(sql, BOUND);
            return session.processId();
        }
    }

    private String asked(PgClient client, Map<String, String> settings, String sql) {
        try (var session = client.open(database.address(), "kept", settings)) {
            return session.script(sql, BOUND).iterator().next().getString(0);
        }
    }

    @Test
    void theNextSessionHasTheConnectionAndNothingOfWhatTheLastOneLeft() {
        try (var client = database.client().keeping()) {
            var settings = Map.of("work_mem", "5MB");
            int first =
                    used(
                            client,
                            settings,
                            "SET work_mem = '8MB'; CREATE TEMP TABLE left_over (i int); SELECT"
                                    + " pg_advisory_lock(7); BEGIN; CREATE TABLE open_still (i"
                                    + " int)");
            assertThat(used(client, settings, "SELECT 1")).isEqualTo(first);
            assertThat(
                            asked(
                                    client,
                                    settings,
                                    "SELECT concat_ws(' ', current_setting('work_mem'),"
                                        + " to_regclass('left_over'), to_regclass('open_still'),"
                                        + " (SELECT reset_val FROM pg_settings WHERE name ="
                                        + " 'work_mem'), (SELECT count(*) FROM pg_locks WHERE"
                                        + " locktype = 'advisory' AND pid = pg_backend_pid()))"))
                    .isEqualTo("5MB 5120 0");
            assertThat(used(client, Map.of(), "SELECT 1")).isNotEqualTo(first);
        }
    }

    @Test
    void aConnectionThatEndedMeanwhileIsNotGivenOut() {
        try (var client = database.client().keeping();
                var other = database.client().open(database.address(), "other", Map.of())) {
            int first = used(client, Map.of(), "SELECT 1");
            other.script("SELECT pg_terminate_backend(" + first + ", 5000)", BOUND);
            assertThat(used(client, Map.of(), "SELECT 1")).isNotEqualTo(first);
        }
    }

    @Test
    void whoeverLetsGoMeansTheConnectionsInUseToo() {
        try (var client = database.client().keeping()) {
            int first;
            try (var session = client.open(database.address(), "kept", Map.of())) {
                first = session.processId();
                client.letGo(database.address());
            }
            assertThat(used(client, Map.of(), "SELECT 1")).isNotEqualTo(first);
        }
    }
}
