// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import dev.skein.engine.script.BatchDirective;
import java.time.Duration;
import java.util.List;

/**
 * Hears what a run does while it does it. Methods are called from the run's thread. Reasons hold no
 * row values: they travel.
 */
public interface Progress {
    /** Hears nothing. */
    Progress NONE = new Progress() {};

    /** The schema is not as it was left, and may be so. */
    default void accepted(SchemaDrift drift) {}

    /** How the schema must be is not known; what is there is how it must be from now on. */
    default void unknown(String why) {}

    /** How the schema must be is not known, and stays so, since there is nothing to do. */
    default void staysUnknown(ExpectedSchema.Unknown unknown, List<String> heads) {}

    /** The schema is not as it was left, and stays so, since there is nothing to do. */
    default void staysDrifted(SchemaDrift drift) {}

    /** The plan is made; no step has run. */
    default void planned(Plan plan) {}

    /** Another run holds the tenant's lock. */
    default void waitingForLock(String holder) {}

    /** A statement of a step is sent by itself, outside a transaction: this one of so many. */
    default void running(Step step, int statement, int statements) {}

    /** A step is committed. */
    default void done(Step step, Duration took) {}

    /** A batch of a step is committed; so many rows are done in all. */
    default void batched(Step step, long rows, BatchDirective batch) {}

    /** The connection broke; the run goes on from what the journal says. */
    default void reconnecting(String reason) {}

    /** The schema is read again after an error that waiting can heal. */
    default void readingAgain(String reason, Duration pause) {}

    /** A step is tried again after an error that waiting can heal. */
    default void retrying(Step step, String reason, Duration pause) {}
}
