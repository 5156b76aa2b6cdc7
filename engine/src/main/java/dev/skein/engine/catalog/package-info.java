// SPDX-License-Identifier: Apache-2.0

/** What a database looks like, as a value, and its fingerprint. */
@NullMarked
package dev.skein.engine.catalog;

import org.jspecify.annotations.NullMarked;
