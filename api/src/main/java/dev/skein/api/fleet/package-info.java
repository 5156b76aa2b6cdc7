// SPDX-License-Identifier: Apache-2.0

/** Which databases there are, how they are selected, and which of them are alike. */
@NullMarked
package dev.skein.api.fleet;

import org.jspecify.annotations.NullMarked;
