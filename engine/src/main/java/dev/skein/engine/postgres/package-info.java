// SPDX-License-Identifier: Apache-2.0

/**
 * A session with one PostgreSQL database: address, one-round-trip scripts, typed server errors; and
 * pools that notice a server that is gone.
 */
@NullMarked
package dev.skein.engine.postgres;

import org.jspecify.annotations.NullMarked;
