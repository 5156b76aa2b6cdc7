// SPDX-License-Identifier: Apache-2.0

/** Commands that ask the control plane about databases, agents, backups and drift. */
@NullMarked
package dev.skein.agent.cli.fleet;

import org.jspecify.annotations.NullMarked;
