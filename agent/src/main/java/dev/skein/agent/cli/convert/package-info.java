// SPDX-License-Identifier: Apache-2.0

/** Turns other tools' projects into revisions. */
@NullMarked
package dev.skein.agent.cli.convert;

import org.jspecify.annotations.NullMarked;
