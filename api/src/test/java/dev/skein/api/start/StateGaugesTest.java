// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.start;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.api.testing.OnApiDatabase;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StateGaugesTest extends OnApiDatabase {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

    /** The values of a gauge, by the state that it is of. */
    private Map<String, Double> values(String name) {
        var values = new TreeMap<String, Double>();
        registry.find(name)
                .gauges()
                .forEach(gauge -> values.put(gauge.getId().getTag("state"), gauge.value()));
        return values;
    }

    @Test
    void targetsAreAsTheirWavesCountThem() {
        migrate("heads");
        database.run(
                """
                INSERT INTO bundle(digest, revisions, heads, content, pushed_by, pushed_at) VALUES ('b', 1, '{}', '', 'a', now());
                INSERT INTO rollout(id, status, author, bundle, target, plan_hash, plan, created_at, changed_at)
                SELECT id, status, 'a', 'b', 'heads', '', '{}', now(), now()
                FROM (VALUES ('r1', 'running'), ('r2', 'completed')) AS r(id, status);
                INSERT INTO wave_tally(rollout, wave, name, planned, open, succeeded, failed, aside)
                VALUES ('r1', 0, 'one', 3, 0, 2, 1, 0), ('r1', 1, 'two', 9, 4, 1, 0, 2), ('r2', 0, 'one', 1, 0, 1, 0, 0);
                INSERT INTO rollout_target(rollout, uid, wave, place, site, name, state)
                SELECT 'r1', 'u' || n, 1, n, 'eu', 'n', CASE WHEN n > 1 THEN 'open' ELSE 'holding' END FROM generate_series(1, 4) n;
                INSERT INTO fleet_database(uid, site, server, name, agent, heads, seq, accepted, size_bytes, server_major,
                    labels, reported_at, problem)
                SELECT n::text, 'eu', 's', 'n', 'a', '{}', 1, 0, 1, 15, '{}', now(), CASE WHEN n = 1 THEN 'bad' END
                FROM generate_series(1, 5) n
                """);
        var gauges = new StateGauges(Duration.ofMinutes(5), registry);
        db.run(gauges::measure);
        assertThat(values("skein.rollout.targets"))
                .isEqualTo(
                        Map.of(
                                "pending",
                                2.0,
                                "open",
                                3.0,
                                "holding",
                                1.0,
                                "succeeded",
                                3.0,
                                "failed",
                                1.0,
                                "aside",
                                2.0));
        assertThat(values("skein.databases")).isEqualTo(Map.of("managed", 4.0, "problem", 1.0));
        database.run("UPDATE wave_tally SET open = 0; UPDATE rollout_target SET state = 'aside'");
        db.run(gauges::measure);
        assertThat(values("skein.rollout.targets")).doesNotContainKeys("open", "holding");
    }
}
