// SPDX-License-Identifier: Apache-2.0

/** How a revision is written down: header, sections, statements. */
@NullMarked
package dev.skein.engine.script;

import org.jspecify.annotations.NullMarked;
