// SPDX-License-Identifier: Apache-2.0

/** Commands that change a database or say where it stands, and how a run is told. */
@NullMarked
package dev.skein.agent.cli.run;

import org.jspecify.annotations.NullMarked;
