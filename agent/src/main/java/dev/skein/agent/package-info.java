// SPDX-License-Identifier: Apache-2.0

/** One program, two faces: the command line, and the daemon near the databases of a site. */
@NullMarked
package dev.skein.agent;

import org.jspecify.annotations.NullMarked;
