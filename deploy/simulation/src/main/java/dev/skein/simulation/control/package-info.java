// SPDX-License-Identifier: Apache-2.0

/** Replicas of the control plane, and the people who ask something of it. */
@NullMarked
package dev.skein.simulation.control;

import org.jspecify.annotations.NullMarked;
