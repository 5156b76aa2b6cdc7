// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import dev.skein.engine.proof.ProofFile.Broken;
import dev.skein.engine.proof.Verdict.Status;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That one entry is in a log, as a file of its own. Source: the tlog-proof format of C2SP, version
 * 1. The entry's bytes are its extra data, so that nothing else is needed to verify it.
 */
public final class EntryProof {
    private static final String FIRST = "c2sp.org/tlog-proof@v1";

    private static final String EXTRA = "extra ";
    private static final String INDEX = "index ";

    private EntryProof() {}

    /** Whether a text, of which the beginning is enough, is meant to be one. */
    public static boolean isOne(String text) {
        return text.startsWith(FIRST);
    }

    /**
     * What a verification came to.
     *
     * @param entry the bytes that are proven; null where nothing is
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Proven(Verdict verdict, long index, byte @Nullable [] entry) {}

    /**
     * The file.
     *
     * @param index of the entry, from 0
     * @param note the signed checkpoint to whose root the hashes lead
     */
    public static String text(long index, byte[] entry, List<byte[]> hashes, String note) {
        var head = new ArrayList<String>();
        head.add(FIRST);
        head.add(EXTRA + Base64.getEncoder().encodeToString(entry));
        head.add(INDEX + index);
        return ProofFile.text(head, hashes, note);
    }

    /**
     * Verifies a file from itself alone.
     *
     * @param key whose signature is trusted
     */
    public static Proven verify(String text, NoteKey key) {
        try {
            return verify(ProofFile.of(text), key);
        } catch (Broken e) {
            return new Proven(e.verdict(), 0, null);
        }
    }

    private static Proven verify(ProofFile file, NoteKey key) {
        if (!file.next(FIRST).orElse("?").isEmpty()) {
            throw file.broken(Status.TAMPERED, "line 1", "it is no proof of an entry");
        }
        var extra = file.next(EXTRA);
        long index = file.number(INDEX);
        var hashes = file.hashes();
        var signed = file.signed(key);
        if (extra.isEmpty()) {
            throw file.broken(Status.INCOMPLETE, "the proof", "the entry itself is not in it");
        }
        var entry = file.bytes(extra.get(), "line 2");
        var leaf = MerkleFrontier.leaf(entry);
        if (!MerkleProofs.isIncluded(leaf, index, signed.size(), hashes, signed.root())) {
            throw file.broken(
                    Status.TAMPERED,
                    "entry " + index,
                    "it is not the one in the log of %d entries that was signed"
                            .formatted(signed.size()));
        }
        return new Proven(new Verdict(Status.INTACT, 1, signed.size(), "", ""), index, entry);
    }
}
