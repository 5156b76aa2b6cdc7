// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.store;

import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.HashMap;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Outcomes of single databases become states of targets and counts of waves, in batches, under the
 * tallies' lock alone: they wait for a slice of places that are filled at most. Which of them count
 * is the {@link TargetStanding}'s to say.
 */
@ApplicationScoped
public class OutcomeStore {
    private static final String LOCK =
            """
            SELECT r.rollout, r.uid, r.state, r.generation FROM rollout_target r
            JOIN unnest($1::text[], $2::text[]) AS o(uid, rollout) USING (rollout, uid) ORDER BY r.uid, r.rollout FOR UPDATE OF r
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
        ids.forEach(id -> rollouts.tallies(tx, id));
        var counting = counting(tx, known);
        if (!counting.isEmpty()) {
            RolloutTargets.end(tx, counting);
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
}
