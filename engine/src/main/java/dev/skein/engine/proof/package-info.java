// SPDX-License-Identifier: Apache-2.0

/**
 * An append-only log as a Merkle tree: hashing, proofs, and verifying from what is read, without
 * opening anything.
 */
@NullMarked
package dev.skein.engine.proof;

import org.jspecify.annotations.NullMarked;
