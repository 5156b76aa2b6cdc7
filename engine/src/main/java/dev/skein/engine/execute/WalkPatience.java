// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.order.RevisionFailures;
import dev.skein.engine.execute.session.Patience;
import dev.skein.engine.execute.session.StepFailure;
import dev.skein.engine.plan.Step;

/** A walk's patience with its steps; it knows whether the walk has waited between two of them. */
final class WalkPatience {
    private final Patience patience;
    private boolean hasWaited;

    WalkPatience(Patience patience) {
        this.patience = patience;
    }

    /** What a step bears with. */
    Patience ofStep() {
        return patience;
    }

    /** A step is done; the next one has all its attempts. */
    void renew() {
        patience.renew();
    }

    /** Whether it has waited since that was forgotten. */
    boolean hasWaited() {
        return hasWaited;
    }

    void noteWait() {
        hasWaited = true;
    }

    void forgetWait() {
        hasWaited = false;
    }

    /**
     * Waits where that can heal a failure.
     *
     * @throws MigrationFailed if it cannot
     */
    void waitOrGiveUp(Step step, StepFailure e) {
        if (RevisionFailures.isMovedOn(e.error())) {
            throw e.error();
        }
        if (!patience.bears(step, e)) {
            throw e.failure();
        }
        hasWaited = true;
    }
}
