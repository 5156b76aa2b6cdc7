// SPDX-License-Identifier: Apache-2.0

/** What goes on in the fleet meanwhile: rollouts, rollbacks, restores, changes by hand. */
@NullMarked
package dev.skein.faults.work;

import org.jspecify.annotations.NullMarked;
