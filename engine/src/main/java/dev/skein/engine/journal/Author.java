// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import org.jspecify.annotations.Nullable;

/**
 * On whose behalf entries are written.
 *
 * @param actor who: an account of the control plane, or the operating system's user
 * @param rollout the rollout, where it is part of one
 * @param generation the directive's number; absent for the command line
 */
public record Author(String actor, @Nullable String rollout, @Nullable Long generation) {}
