// SPDX-License-Identifier: Apache-2.0

/** From the difference of two catalogs to the statements that lead from one to the other. */
@NullMarked
package dev.skein.engine.ddl;

import org.jspecify.annotations.NullMarked;
