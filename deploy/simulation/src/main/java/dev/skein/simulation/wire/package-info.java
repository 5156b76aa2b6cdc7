// SPDX-License-Identifier: Apache-2.0

/** Topics whose records come late, twice, or in another order than those of other partitions. */
@NullMarked
package dev.skein.simulation.wire;

import org.jspecify.annotations.NullMarked;
