// SPDX-License-Identifier: Apache-2.0

/** Commands on the control plane itself. */
@NullMarked
package dev.skein.agent.cli.fleet.control;

import org.jspecify.annotations.NullMarked;
