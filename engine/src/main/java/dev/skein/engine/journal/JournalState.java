// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Where a database's history stands.
 *
 * @param incarnation changes when the database is restored from an older backup
 * @param hash of the last entry, 32 bytes
 * @param epoch counts lock holders
 * @param accepted the highest generation seen
 * @param heads sorted
 * @param fingerprint what the last step left, where known
 */
@SuppressWarnings("ArrayRecordComponent")
public record JournalState(
        String uid,
        String incarnation,
        long seq,
        byte[] hash,
        long epoch,
        long accepted,
        List<String> heads,
        @Nullable String fingerprint) {
    public JournalState {
        heads = List.copyOf(heads);
    }

    /** The same with another fingerprint. */
    public JournalState withFingerprint(String fingerprint) {
        return new JournalState(uid, incarnation, seq, hash, epoch, accepted, heads, fingerprint);
    }

    /** The state after an entry that leaves these heads. */
    public JournalState after(Entry entry, List<String> newHeads, @Nullable String fingerprint) {
        return new JournalState(
                uid,
                incarnation,
                entry.seq(),
                entry.hash(),
                epoch,
                accepted,
                newHeads,
                fingerprint);
    }
}
