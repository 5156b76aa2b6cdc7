// SPDX-License-Identifier: Apache-2.0

/** One class per rule: what it catches, why that hurts, and what to do instead. */
@NullMarked
package dev.skein.engine.lint.rules;

import org.jspecify.annotations.NullMarked;
