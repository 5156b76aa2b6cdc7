// SPDX-License-Identifier: Apache-2.0

/** What this agent is asked about databases, and what it finds out; nothing of it changes one. */
@NullMarked
package dev.skein.agent.daemon.ask;

import org.jspecify.annotations.NullMarked;
