// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.command;

import dev.skein.api.rollout.RollbackExtent;
import dev.skein.api.rollout.RollbackPlanner;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutSpec;

/** A rollback that nobody has begun, how far it goes, and what its plan was made of. */
record RollbackDraft(
        RolloutSpec spec, RolloutPlan plan, RollbackExtent extent, RollbackPlanner.Known known) {}
