// SPDX-License-Identifier: Apache-2.0

/** Speaks to the control plane for a command, and keeps its login. */
@NullMarked
package dev.skein.agent.cli.fleet.client;

import org.jspecify.annotations.NullMarked;
