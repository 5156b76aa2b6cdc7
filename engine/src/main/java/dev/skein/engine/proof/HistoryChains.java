// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import dev.skein.engine.Digests;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/** That every history is dense, and every entry follows the one before it. */
final class HistoryChains {
    private final Map<String, Link> chains = new HashMap<>();
    private final HistoryOpenings openings = new HistoryOpenings();
    private final ResolvedHistories resolved;

    /**
     * @param resolved histories that need not be, at some places
     */
    HistoryChains(ResolvedHistories resolved) {
        this.resolved = resolved;
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Link(long seq, byte[] hash) {}

    /**
     * Takes an entry behind those before it.
     *
     * @param whole whether every entry is there
     */
    void hear(
            String source,
            long seq,
            byte[] envelope,
            byte[] prev,
            EnvelopeClaims says,
            boolean whole) {
        take(source, seq, envelope, prev, says.uid(), whole);
        openings.hear(source, seq, envelope, prev, says);
    }

    private void take(
            String source, long seq, byte[] envelope, byte[] prev, String uid, boolean whole) {
        var before = chains.get(source);
        if ((before == null || seq > before.seq()) && resolved.takes(source, seq, prev)) {
            chains.put(source, new Link(seq, Digests.sha256(prev, envelope)));
            return;
        }
        if (before != null && before.seq() + 1 == seq) {
            VerificationEnded.require(
                    Arrays.equals(before.hash(), prev), "it does not follow the entry before it");
        } else if (before == null && openings.isOne(source, seq, envelope, prev, uid)) {
            // A restored database's history goes on as a new incarnation.
            chains.put(source, new Link(seq, Digests.sha256(prev, envelope)));
            return;
        } else if (whole || (before == null && seq == 1)) {
            VerificationEnded.require(
                    before == null && seq == 1 && Arrays.equals(prev, new byte[prev.length]),
                    () -> "the history " + source + " is not dense before it");
        }
        chains.put(source, new Link(seq, Digests.sha256(prev, envelope)));
    }
}
