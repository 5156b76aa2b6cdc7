// SPDX-License-Identifier: Apache-2.0

/** Finds PostgreSQL's programs, runs them, and starts servers of our own. */
@NullMarked
package dev.skein.engine.server;

import org.jspecify.annotations.NullMarked;
