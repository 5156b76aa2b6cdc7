// SPDX-License-Identifier: Apache-2.0

/** The tenant's own history: heads, dense hash-chained entries, fence. */
@NullMarked
package dev.skein.engine.journal;

import org.jspecify.annotations.NullMarked;
