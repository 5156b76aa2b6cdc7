// SPDX-License-Identifier: Apache-2.0

/** Commands that show revisions and how they follow each other. */
@NullMarked
package dev.skein.agent.cli.graph;

import org.jspecify.annotations.NullMarked;
