// SPDX-License-Identifier: Apache-2.0

/** A session with one PostgreSQL database: address, one-round-trip scripts, typed server errors. */
@NullMarked
package dev.skein.engine.postgres;

import org.jspecify.annotations.NullMarked;
