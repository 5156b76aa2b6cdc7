// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.api.rollout.RollbackPlanner;
import dev.skein.api.rollout.Spec;
import dev.skein.api.rollout.Tally;
import dev.skein.engine.postgres.Db.Tx;
import dev.skein.simulation.site.Rules;
import dev.skein.simulation.store.MemoryRollouts;
import dev.skein.simulation.store.Tables;
import java.time.Clock;
import java.time.Instant;
import java.util.List;

/** Rollouts as one process sees them. */
final class Counted extends MemoryRollouts {
    private final Rules rules;
    private final Clock clock;

    Counted(Tables tables, Rules rules, Clock clock) {
        super(tables);
        this.rules = rules;
        this.clock = clock;
    }

    @Override
    public Instant now(Tx tx) {
        return rules.now(super.now(tx), clock.instant());
    }

    @Override
    public List<RollbackPlanner.Touched> touched(Tx tx, Spec.Undo undo) {
        return super.touched(tx, rules.takesBack(undo));
    }

    @Override
    public List<Tally> tallies(Tx tx, String id) {
        var tallies = super.tallies(tx, id);
        tallies.replaceAll(rules::tally);
        return tallies;
    }
}
