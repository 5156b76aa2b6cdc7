// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.api.store.DirectiveOutcome;
import dev.skein.api.store.TargetStanding;
import dev.skein.simulation.site.SimulationRules;
import dev.skein.simulation.store.MemoryOutcomes;
import dev.skein.simulation.store.MemoryTables;

/** Outcomes that count by the rules. */
final class OutcomeRules extends MemoryOutcomes {
    private final SimulationRules rules;

    OutcomeRules(MemoryTables tables, SimulationRules rules) {
        super(tables);
        this.rules = rules;
    }

    @Override
    protected boolean counts(TargetStanding target, DirectiveOutcome outcome) {
        return rules.counts(target, outcome);
    }
}
