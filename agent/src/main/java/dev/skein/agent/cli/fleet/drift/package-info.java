// SPDX-License-Identifier: Apache-2.0

/** Commands on databases that are not as their journals left them. */
@NullMarked
package dev.skein.agent.cli.fleet.drift;

import org.jspecify.annotations.NullMarked;
