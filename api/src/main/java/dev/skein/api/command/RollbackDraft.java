// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.rollout.RollbackPlanner;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutSpec;

/** A rollback that nobody has begun, and what its plan was made of. */
record RollbackDraft(RolloutSpec spec, RolloutPlan plan, RollbackPlanner.Known known) {
    /** Databases that it would go to, were no site silent. */
    long concerned() {
        return plan.databases()
                + plan.setAside().stream()
                        .filter(one -> one.reason().equals(RollbackPlanner.silence(one.site())))
                        .count();
    }
}
