// SPDX-License-Identifier: Apache-2.0

/** The web console. */
@NullMarked
package dev.skein.api.console;

import org.jspecify.annotations.NullMarked;
