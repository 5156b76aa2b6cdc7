// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.skein.api.rollout.PlanSummary;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutPlan.Cohort;
import dev.skein.api.rollout.RolloutPlan.Reason;
import dev.skein.api.rollout.RolloutPlan.Wave;
import dev.skein.engine.Json;
import dev.skein.service.database.Db;
import java.io.UncheckedIOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plans from before, or of a replica of the version before, as they are shown: they hold all of
 * their databases, of which only what is shown is read.
 */
final class OlderPlans {
    private static final String WAVES =
            """
            SELECT w.name, w.planned, ARRAY(SELECT t.site || '/' || t.name FROM rollout_target t
                WHERE t.rollout = w.rollout AND t.wave = w.wave ORDER BY t.place LIMIT 6)
            FROM wave_tally w
            WHERE w.rollout = $1
            ORDER BY w.wave
            """;

    private static final String COHORTS =
            """
            SELECT c.j::text, count(*) OVER ()::int FROM rollout r
            CROSS JOIN jsonb_array_elements(r.plan -> 'cohorts') WITH ORDINALITY AS c(j, n)
            WHERE r.id = $1
            ORDER BY (c.j ->> 'databases')::int DESC, c.n
            LIMIT 100
            """;

    private static final String REASONS =
            """
            SELECT left(a.j ->> 'reason', 300) AS reason, count(*)::int,
                (array_agg(concat(a.j ->> 'site', '/', a.j ->> 'name') ORDER BY a.n))[1:5]
            FROM rollout r
            CROSS JOIN jsonb_array_elements(r.plan -> 'setAside') WITH ORDINALITY AS a(j, n)
            WHERE r.id = $1
            GROUP BY 1
            ORDER BY 2 DESC, min(a.n)
            LIMIT 100
            """;

    private OlderPlans() {}

    /** How many cohorts there are, and the largest of them. */
    private record Cohorts(int all, List<Cohort> shown) {}

    /** The plan of a rollout. */
    static RolloutPlan read(Db.Tx tx, String id) {
        var cohorts = cohorts(tx, id);
        return new RolloutPlan(
                tx.list(
                        WAVES,
                        row ->
                                new Wave(
                                        row.getString(0),
                                        row.getInteger(1),
                                        List.of(row.getArrayOfStrings(2))),
                        id),
                cohorts.shown(),
                cohorts.all(),
                tx.list(
                        REASONS,
                        row ->
                                new Reason(
                                        row.getString(0),
                                        row.getInteger(1),
                                        List.of(row.getArrayOfStrings(2))),
                        id),
                setAside(tx, id),
                List.copyOf(revisions(tx, id, cohorts.shown())),
                notes(tx, id),
                null);
    }

    private static Cohorts cohorts(Db.Tx tx, String id) {
        int[] all = {0};
        var largest =
                tx.list(
                        COHORTS,
                        row -> {
                            all[0] = row.getInteger(1);
                            return read(row.getString(0), new TypeReference<Cohort>() {});
                        },
                        id);
        return new Cohorts(all[0], PlanSummary.shown(largest));
    }

    private static int setAside(Db.Tx tx, String id) {
        return tx.query(
                        "SELECT jsonb_array_length(plan -> 'setAside') FROM rollout WHERE id = $1",
                        id)
                .iterator()
                .next()
                .getInteger(0);
    }

    private static Set<String> revisions(Db.Tx tx, String id, List<Cohort> cohorts) {
        var revisions = new LinkedHashSet<String>();
        cohorts.forEach(cohort -> revisions.addAll(cohort.path()));
        revisions.addAll(
                tx.list(
                        """
                        SELECT DISTINCT unnest(path) FROM rollout_target WHERE rollout = $1 ORDER BY 1
                        """,
                        row -> row.getString(0),
                        id));
        return revisions;
    }

    private static @Nullable List<String> notes(Db.Tx tx, String id) {
        var sql = "SELECT (plan -> 'notes')::text FROM rollout WHERE id = $1";
        var json = tx.query(sql, id).iterator().next().getString(0);
        return json == null || json.equals("null")
                ? null
                : read(json, new TypeReference<List<String>>() {});
    }

    private static <T> T read(String json, TypeReference<T> type) {
        try {
            return Json.mapper().readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
