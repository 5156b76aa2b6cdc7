// SPDX-License-Identifier: Apache-2.0

/** Time that passes when somebody says so, chance that comes again, and what happened. */
@NullMarked
package dev.skein.simulation.time;

import org.jspecify.annotations.NullMarked;
