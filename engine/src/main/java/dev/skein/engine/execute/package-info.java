// SPDX-License-Identifier: Apache-2.0

/** Carries a plan out on one database. */
@NullMarked
package dev.skein.engine.execute;

import org.jspecify.annotations.NullMarked;
