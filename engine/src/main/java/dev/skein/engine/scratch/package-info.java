// SPDX-License-Identifier: Apache-2.0

/**
 * PostgreSQL servers started for us, disposable or kept, from the machine's programs or packaged
 * ones.
 */
@NullMarked
package dev.skein.engine.scratch;

import org.jspecify.annotations.NullMarked;
