// SPDX-License-Identifier: Apache-2.0

/** The one way in: a command, or what agents found out, becomes events or is refused. */
@NullMarked
package dev.skein.api.command;

import org.jspecify.annotations.NullMarked;
