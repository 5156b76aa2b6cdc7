// SPDX-License-Identifier: Apache-2.0

/** Changes of rows, which are as long as a tenant is big, and the texts that make them. */
@NullMarked
package dev.skein.engine.lint.rules.rows;

import org.jspecify.annotations.NullMarked;
