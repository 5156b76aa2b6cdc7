// SPDX-License-Identifier: Apache-2.0

/** A session that is ready for work: probed, locked, fenced and watched. */
@NullMarked
package dev.skein.engine.execute.session;

import org.jspecify.annotations.NullMarked;
