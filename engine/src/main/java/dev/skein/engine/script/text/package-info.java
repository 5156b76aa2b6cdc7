// SPDX-License-Identifier: Apache-2.0

/**
 * The letters of what is written, whatever it means: characters, escapes, and names nearly right.
 */
@NullMarked
package dev.skein.engine.script.text;

import org.jspecify.annotations.NullMarked;
