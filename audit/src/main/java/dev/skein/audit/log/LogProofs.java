// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.log;

import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.EntryProof;
import dev.skein.engine.proof.GrowthProof;
import dev.skein.engine.proof.MerkleProofs;
import dev.skein.service.database.Db;
import dev.skein.service.problem.NotThere;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short proofs, up to the last checkpoint, as files for somebody who trusts nobody. */
@ApplicationScoped
public class LogProofs {
    private final LogSearch search;
    private final SignedCheckpoints checkpoints;

    public LogProofs(LogSearch search, SignedCheckpoints checkpoints) {
        this.search = search;
        this.checkpoints = checkpoints;
    }

    /**
     * That an entry is in the log.
     *
     * @throws SkeinException if none that is signed has this number
     */
    public String entry(Db.Tx tx, long index) {
        var entry = search.at(tx, index).orElseThrow(() -> none(index));
        var last = last(tx);
        if (index >= last.size()) {
            throw SkeinException.failed(
                    "Entry " + index,
                    "only the first " + last.size() + " are signed by now",
                    "Ask again in some seconds; if it stays so, signing is refused:"
                            + " skein_audit_refused, and the service's log");
        }
        var hashes = MerkleProofs.inclusion(new StoredNodes(tx), index, last.size());
        return EntryProof.text(index, entry.envelope(), hashes, last.note());
    }

    /** The log has no entry of a number. */
    public static NotThere none(long index) {
        return new NotThere("Entry " + index, "the log has no such entry", "See: skein audit log");
    }

    /**
     * That the log begins with what it was.
     *
     * @param old its size then
     * @param root its root then; null where whoever asks compares by itself
     * @throws SkeinException if it never had that size, or another root
     */
    public String growth(Db.Tx tx, long old, byte @Nullable [] root) {
        if (old < 0) {
            throw SkeinException.usage(
                    "Size " + old, "it is none", "Say from= and the number of entries");
        }
        var last = last(tx);
        if (old > last.size()) {
            throw another(tx, old, "the log has " + last.size());
        }
        var nodes = new StoredNodes(tx);
        if (root != null && !Arrays.equals(root, MerkleProofs.root(nodes, old))) {
            throw another(tx, old, "the log does not begin with them");
        }
        var hashes =
                old == 0 ? List.<byte[]>of() : MerkleProofs.consistency(nodes, old, last.size());
        return GrowthProof.text(old, hashes, last.note());
    }

    private static SkeinException another(Db.Tx tx, long old, String found) {
        var hint =
                LogContinuation.about(tx, old)
                        .map(index ->
                                ("It went on from an older copy of its database, by a decision"
                                     + " (skein audit show %d); an export tells what it does not"
                                     + " prove: skein audit verify FILE --since …")
                                        .formatted(index))
                        .orElse("It is of another log, or this one was cut: compare the origins");
        return SkeinException.failed("Checkpoint of " + old + " entries", found, hint);
    }

    private SignedCheckpoints.Signed last(Db.Tx tx) {
        return checkpoints
                .last(tx)
                .orElseThrow(() ->
                        SkeinException.failed("Log", "it is empty: nothing is signed yet", ""));
    }
}
