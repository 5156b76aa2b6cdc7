// SPDX-License-Identifier: Apache-2.0

/** Merkle hashing of an append-only log, without I/O. */
@NullMarked
package dev.skein.engine.proof;

import org.jspecify.annotations.NullMarked;
