// SPDX-License-Identifier: Apache-2.0

/** The control plane and its agents in one thread, in a time of their own, under faults by seed. */
@NullMarked
package dev.skein.simulation;

import org.jspecify.annotations.NullMarked;
