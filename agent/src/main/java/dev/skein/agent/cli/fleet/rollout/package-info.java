// SPDX-License-Identifier: Apache-2.0

/** Commands on rollouts. */
@NullMarked
package dev.skein.agent.cli.fleet.rollout;

import org.jspecify.annotations.NullMarked;
