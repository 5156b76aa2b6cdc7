// SPDX-License-Identifier: Apache-2.0

/** Revisions tried on scratch databases: whether they arrive, and whether they come back. */
@NullMarked
package dev.skein.engine.rehearse;

import org.jspecify.annotations.NullMarked;
