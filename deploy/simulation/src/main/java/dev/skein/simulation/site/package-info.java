// SPDX-License-Identifier: Apache-2.0

/** Databases and the agents that look after them. */
@NullMarked
package dev.skein.simulation.site;

import org.jspecify.annotations.NullMarked;
