// SPDX-License-Identifier: Apache-2.0

/** What must hold of every history, read from what is durable. */
@NullMarked
package dev.skein.simulation.check;

import org.jspecify.annotations.NullMarked;
