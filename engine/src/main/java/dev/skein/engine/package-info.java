// SPDX-License-Identifier: Apache-2.0

/**
 * What every part of Skein shares: an error that says its subject, what was found and what to do.
 */
@NullMarked
package dev.skein.engine;

import org.jspecify.annotations.NullMarked;
