// SPDX-License-Identifier: Apache-2.0

/** What a transaction must say so that it ends in time. */
@NullMarked
package dev.skein.engine.lint.rules.transactions;

import org.jspecify.annotations.NullMarked;
