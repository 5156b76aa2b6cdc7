// SPDX-License-Identifier: Apache-2.0

/** A plan as SQL for somebody else to run. */
@NullMarked
package dev.skein.engine.execute.offline;

import org.jspecify.annotations.NullMarked;
