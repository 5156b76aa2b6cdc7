// SPDX-License-Identifier: Apache-2.0

/** The running stack, with every way between its processes in our hands. */
@NullMarked
package dev.skein.faults.world;

import org.jspecify.annotations.NullMarked;
