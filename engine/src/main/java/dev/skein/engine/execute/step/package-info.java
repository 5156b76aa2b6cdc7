// SPDX-License-Identifier: Apache-2.0

/** Carries one revision out, in one transaction, in batches or outside of transactions. */
@NullMarked
package dev.skein.engine.execute.step;

import org.jspecify.annotations.NullMarked;
