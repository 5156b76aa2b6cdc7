// SPDX-License-Identifier: Apache-2.0

/** Commands on one database, without any service. */
@NullMarked
package dev.skein.agent.cli.local;

import org.jspecify.annotations.NullMarked;
