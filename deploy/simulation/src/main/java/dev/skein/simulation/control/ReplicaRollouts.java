// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.api.rollout.RollbackPlanner;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.rollout.WaveTally;
import dev.skein.service.database.Db.Tx;
import dev.skein.simulation.site.SimulationRules;
import dev.skein.simulation.store.MemoryRollouts;
import dev.skein.simulation.store.MemoryTables;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;

/** Rollouts as one process sees them. */
final class ReplicaRollouts extends MemoryRollouts {
    private final SimulationRules rules;
    private final Clock clock;

    ReplicaRollouts(MemoryTables tables, SimulationRules rules, Clock clock) {
        super(tables);
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public Instant now(Tx tx) {
        return rules.now(super.now(tx), clock.instant());
    }

    @Override
    public void touched(
            Tx tx, RolloutSpec.Undo undo, Consumer<List<RollbackPlanner.Touched>> taker) {
        super.touched(tx, rules.takesBack(undo), taker);
    }

    @Override
    public List<WaveTally> tallies(Tx tx, String id) {
        var tallies = super.tallies(tx, id);
        tallies.replaceAll(rules::tally);
        return tallies;
    }
}
