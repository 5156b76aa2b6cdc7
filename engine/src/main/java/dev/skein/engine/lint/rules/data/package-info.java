// SPDX-License-Identifier: Apache-2.0

/** What succeeds or fails by the rows that a tenant happens to have. */
@NullMarked
package dev.skein.engine.lint.rules.data;

import org.jspecify.annotations.NullMarked;
