// SPDX-License-Identifier: Apache-2.0

/** Which databases this site has, what their journals say, and what they look like. */
@NullMarked
package dev.skein.agent.daemon.discover;

import org.jspecify.annotations.NullMarked;
