// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import dev.skein.engine.proof.ProofFile.Broken;
import dev.skein.engine.proof.Verdict.Status;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;

/**
 * That a log begins with what it was at an earlier checkpoint, as a file. Source: what the
 * tlog-witness protocol of C2SP sends to a witness, version 1.
 */
public final class GrowthProof {
    private static final String FIRST = "old ";

    private static final Pattern BEGINNING = Pattern.compile("old [0-9]");

    private GrowthProof() {}

    /** Whether a text, of which the beginning is enough, is meant to be one. */
    public static boolean isOne(String text) {
        return BEGINNING.matcher(text).lookingAt();
    }

    /**
     * The file.
     *
     * @param old size of the log at the earlier checkpoint
     * @param note the signed checkpoint of now
     */
    public static String text(long old, List<byte[]> hashes, String note) {
        return ProofFile.text(List.of(FIRST + old), hashes, note);
    }

    /**
     * Verifies a file against an earlier checkpoint.
     *
     * @param trusted the earlier one, its signature verified
     */
    public static Verdict verify(String text, NoteKey key, Checkpoint trusted) {
        try {
            return verify(ProofFile.of(text), key, trusted);
        } catch (Broken e) {
            return e.verdict();
        }
    }

    private static Verdict verify(ProofFile file, NoteKey key, Checkpoint trusted) {
        long old = file.number(FIRST);
        var hashes = file.hashes();
        var signed = file.signed(key);
        refuseOther(file, old, signed, trusted);
        if (!isGrown(hashes, signed, trusted)) {
            throw file.broken(
                    Status.TAMPERED,
                    "the log of %d entries".formatted(signed.size()),
                    "it does not begin with the %d that were signed".formatted(old));
        }
        return new Verdict(Status.INTACT, 0, signed.size(), "", "");
    }

    private static void refuseOther(
            ProofFile file, long old, Checkpoint signed, Checkpoint trusted) {
        if (!signed.origin().equals(trusted.origin())) {
            throw file.broken(
                    Status.TAMPERED,
                    "the checkpoint",
                    "it is of " + signed.origin() + ", not of " + trusted.origin());
        }
        if (old != trusted.size()) {
            throw file.broken(
                    Status.INCOMPLETE,
                    "the proof",
                    "it begins at %d entries, the checkpoint from earlier at %d"
                            .formatted(old, trusted.size()));
        }
    }

    /** An empty log is the beginning of any. */
    private static boolean isGrown(List<byte[]> hashes, Checkpoint signed, Checkpoint trusted) {
        return trusted.size() == 0
                ? hashes.isEmpty() && Arrays.equals(trusted.root(), new MerkleFrontier().root())
                : MerkleProofs.isConsistent(
                        trusted.size(), trusted.root(), signed.size(), signed.root(), hashes);
    }
}
