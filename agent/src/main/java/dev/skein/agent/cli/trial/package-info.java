// SPDX-License-Identifier: Apache-2.0

/** Commands that try or compare something and change nothing. */
@NullMarked
package dev.skein.agent.cli.trial;

import org.jspecify.annotations.NullMarked;
