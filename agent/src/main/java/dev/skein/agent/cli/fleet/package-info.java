// SPDX-License-Identifier: Apache-2.0

/** Commands that ask the control plane. */
@NullMarked
package dev.skein.agent.cli.fleet;

import org.jspecify.annotations.NullMarked;
