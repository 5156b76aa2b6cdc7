// SPDX-License-Identifier: Apache-2.0

/** Commands on the audit log. */
@NullMarked
package dev.skein.agent.cli.fleet.audit;

import org.jspecify.annotations.NullMarked;
