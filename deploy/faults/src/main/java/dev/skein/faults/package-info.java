// SPDX-License-Identifier: Apache-2.0

/** The running stack under faults by seed: rounds of faults, work and checks. */
@NullMarked
package dev.skein.faults;

import org.jspecify.annotations.NullMarked;
