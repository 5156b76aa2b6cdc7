// SPDX-License-Identifier: Apache-2.0

/** What every command has, whatever it is about. */
@NullMarked
package dev.skein.agent.cli.common;

import org.jspecify.annotations.NullMarked;
