// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.Digests;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One row of a tenant's history. Bytes are kept as they were hashed.
 *
 * @param salt 16 random bytes that keep a short body from being guessed by its hash
 * @param body SQL or error text, UTF-8; absent once erased
 * @param prevHash the hash before, 32 bytes
 * @param hash SHA-256(prevHash ‖ envelope)
 */
@SuppressWarnings("ArrayRecordComponent")
public record Entry(
        long seq,
        String incarnation,
        byte[] envelope,
        byte[] salt,
        byte @Nullable [] body,
        byte[] prevHash,
        byte[] hash) {

    /** Whether the hash fits the bytes, and the body, where it is there, the envelope. */
    public boolean isIntact() {
        return Arrays.equals(hash, Digests.sha256(prevHash, envelope))
                && (body == null
                        || Digests.hex(Digests.sha256(salt, body))
                                .equals(Envelope.parse(envelope).bodyHash()));
    }
}
