// SPDX-License-Identifier: Apache-2.0

/** The story of one tenant. */
@NullMarked
package dev.skein.agent.daemon.run;

import org.jspecify.annotations.NullMarked;
