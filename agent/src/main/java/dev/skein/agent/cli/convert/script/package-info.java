// SPDX-License-Identifier: Apache-2.0

/** Makes the SQL of another tool fit for a revision. */
@NullMarked
package dev.skein.agent.cli.convert.script;

import org.jspecify.annotations.NullMarked;
