// SPDX-License-Identifier: Apache-2.0

/** Turns other tools' projects, and what they recorded in a database, into revisions and heads. */
@NullMarked
package dev.skein.agent.cli.convert;

import org.jspecify.annotations.NullMarked;
