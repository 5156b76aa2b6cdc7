// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.engine.Digests;
import java.util.Arrays;

/**
 * Where one history stands: what is expected next. Its method is the whole judgement of what comes.
 *
 * @param nextSeq the number expected next, from 1
 * @param lastHash the hash of the last entry; zeros before the first
 * @param refused how many of its entries were refused so far
 * @param disputed from this number on, up to the next one, there were others that somebody decided
 *     against
 * @param settled numbers below it somebody has decided about; 0 where nobody decided anything
 */
@SuppressWarnings("ArrayRecordComponent")
record HistoryState(
        String id,
        long nextSeq,
        byte[] lastHash,
        State state,
        long refused,
        long disputed,
        long settled) {
    /** How a source does. */
    enum State {
        /** Dense and chained so far. */
        LIVE,
        /** Something is missing; later entries are parked. */
        GAP,
        /** Two histories claim the same place; nothing more is believed. */
        FORK
    }

    /** What becomes of an entry. */
    enum Verdict {
        ACCEPT,
        /** Seen before: whether with the same hash, the caller checks. */
        SEEN,
        PARK,
        FORK,
        CORRUPT
    }

    static HistoryState fresh(String id) {
        return new HistoryState(id, 1, new byte[32], State.LIVE, 0, 0, 0);
    }

    Verdict judge(ReceivedEntry entry) {
        if (!Arrays.equals(entry.hash(), Digests.sha256(entry.prevHash(), entry.envelope()))) {
            return Verdict.CORRUPT;
        }
        if (entry.seq() < nextSeq) {
            return Verdict.SEEN;
        }
        if (state == State.FORK) {
            return Verdict.FORK;
        }
        if (entry.seq() > nextSeq) {
            return Verdict.PARK;
        }
        return Arrays.equals(entry.prevHash(), lastHash) ? Verdict.ACCEPT : Verdict.FORK;
    }

    HistoryState after(ReceivedEntry accepted) {
        return new HistoryState(
                id, nextSeq + 1, accepted.hash(), State.LIVE, refused, disputed, settled);
    }

    HistoryState in(State other) {
        return new HistoryState(id, nextSeq, lastHash, other, refused, disputed, settled);
    }

    /** One more of its entries was refused. */
    HistoryState refusing() {
        return new HistoryState(id, nextSeq, lastHash, state, refused + 1, disputed, settled);
    }

    /**
     * It goes on at a number behind another entry, as somebody decided.
     *
     * @param disputed from which number on there were others; the same where there were none
     */
    HistoryState goingOn(long at, byte[] behind, long disputed) {
        return new HistoryState(id, at, behind, State.LIVE, refused, disputed, at);
    }

    /**
     * Whether somebody has decided that it goes on without an entry that it does not have.
     *
     * @param missing whether it has none with that number
     */
    boolean isSettled(long seq, boolean missing) {
        return seq < settled && (missing || seq >= disputed);
    }
}
