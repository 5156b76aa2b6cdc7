// SPDX-License-Identifier: Apache-2.0

/** Which project and which databases a command is about, and what commands on them share. */
@NullMarked
package dev.skein.agent.cli.place;

import org.jspecify.annotations.NullMarked;
