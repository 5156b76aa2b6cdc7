// SPDX-License-Identifier: Apache-2.0

/** What revisions exist and what follows what; knows no files and no database. */
@NullMarked
package dev.skein.engine.revision;

import org.jspecify.annotations.NullMarked;
