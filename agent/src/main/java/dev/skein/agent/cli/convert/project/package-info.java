// SPDX-License-Identifier: Apache-2.0

/** Reads the folders of each tool whose projects can be taken over. */
@NullMarked
package dev.skein.agent.cli.convert.project;

import org.jspecify.annotations.NullMarked;
