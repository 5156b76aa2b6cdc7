// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.store.Outcome;
import dev.skein.api.store.OutcomeStore;
import dev.skein.api.store.TargetStanding;
import dev.skein.engine.postgres.Db.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Outcomes in memory. */
public class MemoryOutcomes extends OutcomeStore {
    private final Tables tables;

    public MemoryOutcomes(Tables tables) {
        super(new MemoryRollouts(tables));
        this.tables = tables;
    }

    @Override
    public List<String> apply(Tx tx, List<Outcome> outcomes) {
        var rollouts = new HashMap<String, String>();
        tables.directives.all().forEach(d -> rollouts.put(d.uid(), d.rollout()));
        var ids = new TreeSet<String>();
        for (var outcome : Outcome.weightiest(outcomes, rollouts)) {
            ids.add(Objects.requireNonNull(outcome.rollout()));
            var target = tables.targets.get(outcome.target());
            if (target != null
                    && counts(new TargetStanding(target.state(), target.generation()), outcome)) {
                apply(target, outcome);
            }
        }
        return List.copyOf(ids);
    }

    /** Whether it does. */
    protected boolean counts(TargetStanding target, Outcome outcome) {
        return target.counts(outcome);
    }

    private void apply(Rows.Target target, Outcome outcome) {
        var state = outcome.end().state();
        var after = target.with(state, target.generation(), outcome.signature(), tables.now());
        tables.targets.put(target.key(), after);
        if (outcome.end() == Outcome.End.FAILED) {
            tables.failures.put(target.key() + " " + tables.now(), after);
        }
        if (outcome.end() == Outcome.End.HELD) {
            var held =
                    new Rows.Held(
                            target.rollout(), target.uid(), outcome.generation(), tables.now());
            tables.holds.put(outcome.target() + " " + outcome.generation(), held);
        }
        var directive = tables.directives.get(target.uid());
        if (directive != null && directive.rollout().equals(target.rollout())) {
            tables.directives.put(target.uid(), directive.closed(tables.now()));
        }
        var count = tables.counts.row(Rows.Count.key(target.rollout(), target.wave()));
        tables.counts.put(
                count.key(),
                count.plus(
                        target.state().equals("pending") ? 0 : -1,
                        state.equals("succeeded") ? 1 : 0,
                        state.equals("failed") ? 1 : 0,
                        state.equals("aside") ? 1 : 0));
    }
}
