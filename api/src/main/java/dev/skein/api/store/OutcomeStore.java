// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of single databases become states of targets and counts of waves, in batches. Which of
 * them count is the {@link TargetStanding}'s to say.
 */
@ApplicationScoped
public class OutcomeStore {
    private static final String LOCK =
            """
            SELECT r.rollout, r.uid, r.state, r.generation FROM rollout_target r
            JOIN unnest($1::text[], $2::text[]) AS o(uid, rollout) USING (rollout, uid) ORDER BY r.uid, r.rollout FOR UPDATE OF r
            """;
    private static final String APPLY =
            """
            WITH t AS (
                SELECT r.rollout, r.uid, r.wave, r.state AS was, o.state, o.signature, o.message, o.millis
                FROM rollout_target r JOIN unnest($1::text[], $2::text[], $3::text[], $4::text[], $5::text[], $6::bigint[])
                    AS o(uid, rollout, state, signature, message, millis) USING (rollout, uid)
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
    public List<String> apply(Db.Tx tx, List<DirectiveOutcome> outcomes) {
        var known = withRollouts(tx, outcomes);
        var ids = new TreeSet<String>();
        known.forEach(o -> ids.add(String.valueOf(o.rollout())));
        for (var id : ids) {
            rollouts.lock(tx, id);
        }
        ids.forEach(id -> rollouts.tallies(tx, id));
        var counting = counting(tx, known);
        if (!counting.isEmpty()) {
            tx.query(APPLY, columns(counting));
        }
        return List.copyOf(ids);
    }

    private static List<DirectiveOutcome> counting(Db.Tx tx, List<DirectiveOutcome> outcomes) {
        if (outcomes.isEmpty()) {
            return outcomes;
        }
        var standing = new HashMap<String, TargetStanding>();
        tx.query(
                        LOCK,
                        outcomes.stream().map(DirectiveOutcome::uid).toArray(String[]::new),
                        outcomes.stream().map(DirectiveOutcome::rollout).toArray(String[]::new))
                .forEach(row ->
                        standing.put(
                                row.getString(0) + " " + row.getString(1),
                                new TargetStanding(row.getString(2), row.getLong(3))));
        return outcomes.stream().filter(o -> counts(standing.get(o.target()), o)).toList();
    }

    private static boolean counts(@Nullable TargetStanding target, DirectiveOutcome outcome) {
        return target != null && target.counts(outcome);
    }

    private static List<DirectiveOutcome> withRollouts(Db.Tx tx, List<DirectiveOutcome> outcomes) {
        var byUid = new HashMap<String, String>();
        var open =
                outcomes.stream()
                        .filter(o -> o.rollout() == null)
                        .map(DirectiveOutcome::uid)
                        .toList();
        if (!open.isEmpty()) {
            tx.query(
                            """
                            SELECT uid, rollout FROM directive WHERE uid = ANY ($1) AND rollout <> ''
                            """,
                            (Object) open.toArray(String[]::new))
                    .forEach(row -> byUid.put(row.getString(0), row.getString(1)));
        }
        return DirectiveOutcome.weightiest(outcomes, byUid);
    }

    private static @Nullable Object[] columns(List<DirectiveOutcome> o) {
        return new @Nullable Object[] {
            o.stream().map(DirectiveOutcome::uid).toArray(String[]::new),
            o.stream().map(DirectiveOutcome::rollout).toArray(String[]::new),
            o.stream().map(x -> x.end().state()).toArray(String[]::new),
            o.stream().map(DirectiveOutcome::signature).toArray(String[]::new),
            o.stream().map(DirectiveOutcome::message).toArray(String[]::new),
            o.stream().map(DirectiveOutcome::millis).toArray(Long[]::new),
        };
    }
}
