// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.api.store.Outcome;
import dev.skein.api.store.TargetStanding;
import dev.skein.simulation.site.Rules;
import dev.skein.simulation.store.MemoryOutcomes;
import dev.skein.simulation.store.Tables;

/** Outcomes that count by the rules. */
final class Counting extends MemoryOutcomes {
    private final Rules rules;

    Counting(Tables tables, Rules rules) {
        super(tables);
        this.rules = rules;
    }

    @Override
    protected boolean counts(TargetStanding target, Outcome outcome) {
        return rules.counts(target, outcome);
    }
}
