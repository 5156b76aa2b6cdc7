// SPDX-License-Identifier: Apache-2.0

/** One run on one database, from the order to how it ended. */
@NullMarked
package dev.skein.engine.execute;

import org.jspecify.annotations.NullMarked;
