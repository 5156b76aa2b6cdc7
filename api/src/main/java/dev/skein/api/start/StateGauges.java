// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.start;

import dev.skein.api.fleet.DatabaseState;
import dev.skein.service.database.Db;
import dev.skein.service.loop.TimeShare;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tags;
import java.time.Duration;
import java.util.List;

/** Rollouts, databases and sites by their state, as the control plane's database has them. */
final class StateGauges {
    /**
     * As waves count them. Which of the open ones are to stop the index of open targets tells,
     * which has no more of them than work at once.
     */
    private static final String TARGETS =
            """
            WITH unfinished AS (SELECT id FROM rollout WHERE status NOT IN ('completed', 'aborted')),
            counted AS (
                SELECT w.rollout, sum(w.planned - w.open - w.succeeded - w.failed - w.aside) AS pending,
                    sum(w.open) AS open, sum(w.succeeded) AS succeeded, sum(w.failed) AS failed,
                    sum(w.aside) AS aside,
                    (SELECT count(*) FROM rollout_target t WHERE t.rollout = w.rollout AND t.state = 'holding') AS holding
                FROM wave_tally w JOIN unfinished u ON u.id = w.rollout GROUP BY w.rollout
            )
            SELECT c.rollout, s.state, s.number FROM counted c, LATERAL (VALUES ('pending', pending),
                ('open', open - holding), ('holding', holding), ('succeeded', succeeded), ('failed', failed),
                ('aside', aside)) AS s(state, number)
            WHERE s.number > 0
            """;

    /** Counting all databases takes a thousandth of the time. */
    private final TimeShare counting =
            new TimeShare(1_000, Duration.ofSeconds(4), Duration.ofMinutes(5), System::nanoTime);

    private final MultiGauge rollouts;
    private final MultiGauge databases;
    private final MultiGauge targets;
    private final MultiGauge stalled;
    private final MultiGauge discord;
    private final Duration stalledAfter;

    StateGauges(Duration stalledAfter, MeterRegistry registry) {
        this.stalledAfter = stalledAfter;
        this.rollouts = several("skein.rollouts", "by status", registry);
        this.databases =
                several("skein.databases", "by site and whether they can be managed", registry);
        this.targets =
                several(
                        "skein.rollout.targets",
                        "databases of unfinished rollouts by state",
                        registry);
        this.stalled =
                several(
                        "skein.rollout.stalled.seconds",
                        "for how long nothing has moved, by rollout with open work",
                        registry);
        this.discord =
                several(
                        "skein.site.servers.differ",
                        "sites whose agents do not look after the same servers",
                        registry);
    }

    private static MultiGauge several(String name, String what, MeterRegistry registry) {
        return MultiGauge.builder(name).description(what).register(registry);
    }

    void measure(Db.Tx tx) {
        measureStalled(tx);
        measureDiscord(tx);
        measureRollouts(tx);
        measureTargets(tx);
        if (counting.isRested()) {
            databases.register(counting.measured(() -> countDatabases(tx)), true);
        }
    }

    private void measureStalled(Db.Tx tx) {
        stalled.register(
                tx.list(
                        "SELECT rollout, seconds FROM rollout_quiet WHERE seconds >= $1",
                        r -> MultiGauge.Row.of(Tags.of("rollout", r.getString(0)), r.getLong(1)),
                        stalledAfter.toSeconds()),
                true);
    }

    private void measureDiscord(Db.Tx tx) {
        discord.register(
                tx.list(
                        """
                        SELECT site, count(DISTINCT servers) FROM fleet_agent
                        WHERE servers IS NOT NULL AND seen_at > now() - interval '15 seconds'
                        GROUP BY 1
                        HAVING count(DISTINCT servers) > 1
                        """,
                        r -> MultiGauge.Row.of(Tags.of("site", r.getString(0)), r.getLong(1))),
                true);
    }

    private void measureRollouts(Db.Tx tx) {
        rollouts.register(
                tx.list(
                        "SELECT status, count(*) FROM rollout GROUP BY 1",
                        r -> MultiGauge.Row.of(Tags.of("status", r.getString(0)), r.getLong(1))),
                true);
    }

    private static List<MultiGauge.Row<?>> countDatabases(Db.Tx tx) {
        return tx.list(
                """
                SELECT site, CASE WHEN %s IS NULL THEN 'managed' ELSE 'problem' END, count(*)
                FROM fleet_database
                WHERE forgotten_at IS NULL
                GROUP BY 1, 2
                """
                        .formatted(DatabaseState.PROBLEM),
                r ->
                        MultiGauge.Row.of(
                                Tags.of("site", r.getString(0), "state", r.getString(1)),
                                r.getLong(2)));
    }

    private void measureTargets(Db.Tx tx) {
        targets.register(
                tx.list(
                        TARGETS,
                        r ->
                                MultiGauge.Row.of(
                                        Tags.of("rollout", r.getString(0), "state", r.getString(1)),
                                        r.getLong(2))),
                true);
    }
}
