// SPDX-License-Identifier: Apache-2.0

/** Starts and stops the parts in their order, and measures them. */
@NullMarked
package dev.skein.agent.daemon.start;

import org.jspecify.annotations.NullMarked;
