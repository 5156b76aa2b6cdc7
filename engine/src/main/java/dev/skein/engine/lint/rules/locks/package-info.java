// SPDX-License-Identifier: Apache-2.0

/** Locks that stop others, and what holds them for as long as a table is big. */
@NullMarked
package dev.skein.engine.lint.rules.locks;

import org.jspecify.annotations.NullMarked;
