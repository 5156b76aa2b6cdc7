// SPDX-License-Identifier: Apache-2.0

/** An immutable, content-addressed set of revisions: format and digest. */
@NullMarked
package dev.skein.engine.bundle;

import org.jspecify.annotations.NullMarked;
