// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.engine.postgres.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of single databases become states of targets and counts of waves, in batches. An outcome
 * counts if its generation is the target's, or the one before a hold that crossed it on the way. A
 * target that is to be tried again has no generation: nothing said before can count for it.
 */
@ApplicationScoped
public class OutcomeStore {
    private static final String APPLY =
            """
            WITH o AS (
                SELECT * FROM unnest($1::text[], $2::text[], $3::bigint[], $4::text[], $5::text[], $6::text[], $7::bigint[])
                    AS o(uid, rollout, generation, state, signature, message, millis)
            ), t AS (
                SELECT r.rollout, r.uid, r.wave, r.state AS was, o.state, o.signature, o.message, o.millis
                FROM rollout_target r JOIN o USING (rollout, uid)
                WHERE r.state IN ('open', 'holding', 'pending') AND o.generation >= r.generation - CASE r.state WHEN 'open' THEN 0 ELSE 1 END
                  AND NOT (o.state = 'pending' AND r.state <> 'holding')
                ORDER BY r.uid FOR UPDATE OF r
            ), changed AS (
                UPDATE rollout_target r SET state = t.state, signature = t.signature, message = t.message,
                    millis = t.millis, changed_at = now()
                FROM t WHERE r.rollout = t.rollout AND r.uid = t.uid
            ), closed AS (
                UPDATE directive d SET payload = NULL, published = false, due_at = now()
                FROM t WHERE d.uid = t.uid AND d.rollout = t.rollout
            ), counted AS (
                SELECT rollout, wave, count(*) FILTER (WHERE was <> 'pending') AS closed,
                    count(*) FILTER (WHERE state = 'succeeded') AS succeeded, count(*) FILTER (WHERE state = 'failed') AS failed,
                    count(*) FILTER (WHERE state = 'aside') AS aside
                FROM t GROUP BY rollout, wave
            )
            UPDATE wave_tally w SET open = w.open - c.closed, succeeded = w.succeeded + c.succeeded, failed = w.failed + c.failed,
                aside = w.aside + c.aside, moved_at = now()
            FROM counted c WHERE w.rollout = c.rollout AND w.wave = c.wave
            """;

    private final RolloutStore rollouts;

    public OutcomeStore(RolloutStore rollouts) {
        this.rollouts = rollouts;
    }

    /**
     * Applies outcomes, the weightiest one of each database.
     *
     * @return the rollouts they belong to
     */
    public List<String> apply(Db.Tx tx, List<Outcome> outcomes) {
        var known = withRollouts(tx, outcomes);
        var ids = new TreeSet<String>();
        known.forEach(o -> ids.add(String.valueOf(o.rollout())));
        for (var id : ids) {
            rollouts.lock(tx, id);
        }
        ids.forEach(id -> rollouts.tallies(tx, id));
        if (!known.isEmpty()) {
            tx.query(APPLY, columns(known));
        }
        return List.copyOf(ids);
    }

    private static List<Outcome> withRollouts(Db.Tx tx, List<Outcome> outcomes) {
        var byUid = new HashMap<String, String>();
        var open = outcomes.stream().filter(o -> o.rollout() == null).map(Outcome::uid).toList();
        if (!open.isEmpty()) {
            tx.query(
                            "SELECT uid, rollout FROM directive WHERE uid = ANY ($1) AND"
                                    + " rollout <> ''",
                            (Object) open.toArray(String[]::new))
                    .forEach(row -> byUid.put(row.getString(0), row.getString(1)));
        }
        var last = new HashMap<String, Outcome>();
        for (var outcome : outcomes) {
            var id = outcome.rollout() == null ? byUid.get(outcome.uid()) : outcome.rollout();
            if (id != null) {
                last.merge(id + " " + outcome.uid(), outcome.of(id), Outcome::weightier);
            }
        }
        return new ArrayList<>(last.values());
    }

    private static @Nullable Object[] columns(List<Outcome> o) {
        return new @Nullable Object[] {
            o.stream().map(Outcome::uid).toArray(String[]::new),
            o.stream().map(Outcome::rollout).toArray(String[]::new),
            o.stream().map(Outcome::generation).toArray(Long[]::new),
            o.stream().map(x -> x.end().state()).toArray(String[]::new),
            o.stream().map(Outcome::signature).toArray(String[]::new),
            o.stream().map(Outcome::message).toArray(String[]::new),
            o.stream().map(Outcome::millis).toArray(Long[]::new),
        };
    }
}
