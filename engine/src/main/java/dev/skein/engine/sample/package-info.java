// SPDX-License-Identifier: Apache-2.0

/** Rows of real databases on scratch databases: sampled, restored, and told apart by digests. */
@NullMarked
package dev.skein.engine.sample;

import org.jspecify.annotations.NullMarked;
