// SPDX-License-Identifier: Apache-2.0

/** Every rule, in order; each is a class in the package of its family. */
@NullMarked
package dev.skein.engine.lint.rules;

import org.jspecify.annotations.NullMarked;
