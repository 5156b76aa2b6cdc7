// SPDX-License-Identifier: Apache-2.0

/** The facts and directives that services exchange: the only shared language. */
@NullMarked
package dev.skein.engine.event;

import org.jspecify.annotations.NullMarked;
