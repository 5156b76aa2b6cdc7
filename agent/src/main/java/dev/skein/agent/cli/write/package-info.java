// SPDX-License-Identifier: Apache-2.0

/** Commands that write files of revisions. */
@NullMarked
package dev.skein.agent.cli.write;

import org.jspecify.annotations.NullMarked;
