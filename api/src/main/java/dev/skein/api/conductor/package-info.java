// SPDX-License-Identifier: Apache-2.0

/** Clocks, gates and outcomes become the next command. */
@NullMarked
package dev.skein.api.conductor;

import org.jspecify.annotations.NullMarked;
