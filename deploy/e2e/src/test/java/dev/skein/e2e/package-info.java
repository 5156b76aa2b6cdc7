// SPDX-License-Identifier: Apache-2.0

/** The story and the faults, against the running stack. */
@NullMarked
package dev.skein.e2e;

import org.jspecify.annotations.NullMarked;
