// SPDX-License-Identifier: Apache-2.0

/** What an application that is running sees changed under it. */
@NullMarked
package dev.skein.engine.lint.rules.callers;

import org.jspecify.annotations.NullMarked;
