// SPDX-License-Identifier: Apache-2.0

/** What must hold before a run changes anything. */
@NullMarked
package dev.skein.engine.execute.check;

import org.jspecify.annotations.NullMarked;
