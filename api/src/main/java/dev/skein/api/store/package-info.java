// SPDX-License-Identifier: Apache-2.0

/** Streams of events, directives and tallies in PostgreSQL, in explicit transactions. */
@NullMarked
package dev.skein.api.store;

import org.jspecify.annotations.NullMarked;
