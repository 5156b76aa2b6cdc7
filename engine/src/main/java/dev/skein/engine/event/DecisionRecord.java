// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.event;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.skein.engine.Digests;
import dev.skein.engine.NumberBounds;
import java.util.Arrays;
import java.util.Objects;

/**
 * A decision of the control plane on the wire: one link of its stream's chain.
 *
 * @param stream for example {@code rollout/billing-2026-11}
 * @param seq the stream's version, dense, from 1
 * @param envelope the bytes that the chain hashes: type, payload, actor and time as JSON
 * @param prevHash hexadecimal; zeros for the first
 * @param hash SHA-256(prevHash ‖ envelope), hexadecimal
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SuppressWarnings("ArrayRecordComponent")
public record DecisionRecord(
        String stream, long seq, byte[] envelope, String prevHash, String hash) {

    public DecisionRecord {
        Objects.requireNonNull(stream, "stream");
        Objects.requireNonNull(envelope, "envelope");
        WireNames.hash(prevHash);
        WireNames.hash(hash);
        NumberBounds.number(seq, "number of a decision");
    }

    /** Whether the hash fits the bytes. */
    public boolean isIntact() {
        return Arrays.equals(
                Digests.bytes(hash), Digests.sha256(Digests.bytes(prevHash), envelope));
    }
}
