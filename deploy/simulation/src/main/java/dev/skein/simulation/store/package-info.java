// SPDX-License-Identifier: Apache-2.0

/** The control plane's database as maps, with the same doors as the real one's. */
@NullMarked
package dev.skein.simulation.store;

import org.jspecify.annotations.NullMarked;
