// SPDX-License-Identifier: Apache-2.0

/** What revisions do to a database in use, observed on a scratch server and judged by rules. */
@NullMarked
package dev.skein.engine.lint;

import org.jspecify.annotations.NullMarked;
