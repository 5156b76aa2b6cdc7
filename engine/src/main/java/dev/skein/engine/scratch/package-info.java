// SPDX-License-Identifier: Apache-2.0

/** Databases to try things in, on servers that are started for them or were named. */
@NullMarked
package dev.skein.engine.scratch;

import org.jspecify.annotations.NullMarked;
