// SPDX-License-Identifier: Apache-2.0

/** What other tools recorded in a database of what they applied. */
@NullMarked
package dev.skein.agent.cli.convert.record;

import org.jspecify.annotations.NullMarked;
