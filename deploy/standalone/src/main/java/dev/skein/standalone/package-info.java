// SPDX-License-Identifier: Apache-2.0

/** The whole stack on one machine: starts it, tells its story, stops it. */
@NullMarked
package dev.skein.standalone;

import org.jspecify.annotations.NullMarked;
