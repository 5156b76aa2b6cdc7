// SPDX-License-Identifier: Apache-2.0

/** What rules of several families ask of a statement. */
@NullMarked
package dev.skein.engine.lint.rules.support;

import org.jspecify.annotations.NullMarked;
