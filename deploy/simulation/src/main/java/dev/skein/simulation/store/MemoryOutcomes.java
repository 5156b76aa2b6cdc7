// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.store.DirectiveOutcome;
import dev.skein.api.store.OutcomeStore;
import dev.skein.api.store.TargetStanding;
import dev.skein.service.database.Db.Tx;
import java.util.HashMap;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/** Outcomes in memory. */
public class MemoryOutcomes extends OutcomeStore {
    private final MemoryTables tables;

    public MemoryOutcomes(MemoryTables tables) {
        super(new MemoryRollouts(tables));
        this.tables = tables;
    }

    @Override
    public List<String> apply(Tx tx, List<DirectiveOutcome> outcomes) {
        var rollouts = new HashMap<String, String>();
        tables.directives.all().forEach(d -> rollouts.put(d.uid(), d.rollout()));
        var ids = new TreeSet<String>();
        for (var outcome : DirectiveOutcome.weightiest(outcomes, rollouts)) {
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
    protected boolean counts(TargetStanding target, DirectiveOutcome outcome) {
        return target.counts(outcome);
    }

    private void apply(MemoryRows.Target target, DirectiveOutcome outcome) {
        var state = outcome.end().state();
        var after = target.with(state, target.generation(), outcome.signature(), tables.now());
        tables.targets.put(target.key(), after);
        if (outcome.end() == DirectiveOutcome.End.FAILED) {
            tables.failures.put(target.key() + " " + tables.now(), after);
        }
        if (outcome.end() == DirectiveOutcome.End.HELD) {
            hold(target, outcome);
        }
        close(target);
        count(target, state);
    }

    private void hold(MemoryRows.Target target, DirectiveOutcome outcome) {
        var held =
                new MemoryRows.Held(
                        target.rollout(), target.uid(), outcome.generation(), tables.now());
        tables.holds.put(outcome.target() + " " + outcome.generation(), held);
    }

    private void close(MemoryRows.Target target) {
        var directive = tables.directives.get(target.uid());
        if (directive != null && directive.rollout().equals(target.rollout())) {
            tables.directives.put(target.uid(), directive.closed(tables.now()));
        }
    }

    private void count(MemoryRows.Target target, String state) {
        var count = tables.counts.row(MemoryRows.Count.key(target.rollout(), target.wave()));
        tables.counts.put(
                count.key(),
                count.plus(
                        target.state().equals("pending") ? 0 : -1,
                        state.equals("succeeded") ? 1 : 0,
                        state.equals("failed") ? 1 : 0,
                        state.equals("aside") ? 1 : 0));
    }
}
