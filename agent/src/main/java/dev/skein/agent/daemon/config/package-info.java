// SPDX-License-Identifier: Apache-2.0

/** The typed configuration of the daemon, and secrets as references. */
@NullMarked
package dev.skein.agent.daemon.config;

import org.jspecify.annotations.NullMarked;
