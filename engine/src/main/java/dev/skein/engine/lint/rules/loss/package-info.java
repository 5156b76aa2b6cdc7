// SPDX-License-Identifier: Apache-2.0

/** What takes data, or a rule that data is held to, away for good. */
@NullMarked
package dev.skein.engine.lint.rules.loss;

import org.jspecify.annotations.NullMarked;
