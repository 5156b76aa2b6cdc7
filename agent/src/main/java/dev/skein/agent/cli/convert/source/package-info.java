// SPDX-License-Identifier: Apache-2.0

/** Migrations of other tools as they are read, and what people must know about them. */
@NullMarked
package dev.skein.agent.cli.convert.source;

import org.jspecify.annotations.NullMarked;
