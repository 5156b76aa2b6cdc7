// SPDX-License-Identifier: Apache-2.0

/** Which steps take one database from its heads to a target. */
@NullMarked
package dev.skein.engine.plan;

import org.jspecify.annotations.NullMarked;
