// SPDX-License-Identifier: Apache-2.0

/** What must hold of the durable state, whatever happened. */
@NullMarked
package dev.skein.faults.check;

import org.jspecify.annotations.NullMarked;
