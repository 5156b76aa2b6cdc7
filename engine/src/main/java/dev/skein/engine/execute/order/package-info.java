// SPDX-License-Identifier: Apache-2.0

/** What is asked of a run, and what comes of it. */
@NullMarked
package dev.skein.engine.execute.order;

import org.jspecify.annotations.NullMarked;
