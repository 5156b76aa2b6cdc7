// SPDX-License-Identifier: Apache-2.0

/** Designs that are regretted later. */
@NullMarked
package dev.skein.engine.lint.rules.design;

import org.jspecify.annotations.NullMarked;
