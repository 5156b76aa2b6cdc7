// SPDX-License-Identifier: Apache-2.0

/** Which databases this site has, and what their journals say. */
@NullMarked
package dev.skein.agent.discover;

import org.jspecify.annotations.NullMarked;
