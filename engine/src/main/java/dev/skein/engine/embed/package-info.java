// SPDX-License-Identifier: Apache-2.0

/** Migrations from inside a Java program or a test, in a line or two; see {@link Migrations}. */
@NullMarked
package dev.skein.engine.embed;

import org.jspecify.annotations.NullMarked;
