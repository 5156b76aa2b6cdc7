// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import dev.skein.engine.SkeinException;
import dev.skein.engine.proof.Verdict.Status;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;

/**
 * A short proof as a file: lines that say what it is about, hashes, an empty line, and the signed
 * checkpoint that it leads to.
 */
final class ProofFile {
    private static final String GAP = "\n\n";
    private static final int HASH = 32;

    private final List<String> lines;
    private final String note;
    private int at;

    /** Something is the matter; ends the reading. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final Status status;
        private final String place;

        Broken(Status status, String place, String found) {
            super(found);
            this.status = status;
            this.place = place;
        }

        Verdict verdict(long size) {
            return new Verdict(status, 0, size, place, String.valueOf(getMessage()));
        }
    }

    private ProofFile(List<String> lines, String note) {
        this.lines = lines;
        this.note = note;
    }

    static ProofFile of(String text) {
        int gap = text.indexOf(GAP);
        if (gap < 0 || !text.endsWith("\n")) {
            throw new Broken(Status.INCOMPLETE, "the end", "it ends in the middle");
        }
        return new ProofFile(
                List.of(text.substring(0, gap).split("\n", -1)),
                text.substring(gap + GAP.length()));
    }

    static String text(List<String> head, List<byte[]> hashes, String note) {
        var lines = new ArrayList<>(head);
        hashes.forEach(hash -> lines.add(Base64.getEncoder().encodeToString(hash)));
        return String.join("\n", lines) + GAP + note;
    }

    /** What stands behind a word in the next line; nothing where it begins otherwise. */
    Optional<String> next(String word) {
        if (at == lines.size() || !lines.get(at).startsWith(word)) {
            return Optional.empty();
        }
        return Optional.of(lines.get(at++).substring(word.length()));
    }

    /** The number behind a word in the next line. */
    long number(String word) {
        var text = next(word).orElse("");
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw new Broken(
                    Status.TAMPERED, "line " + (at + 1), "there is no number behind " + word);
        }
        return Long.parseLong(text);
    }

    /** Bytes as they are written: in the one form that an encoder gives them. */
    static byte[] bytes(String text, String place) {
        try {
            var bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // no base64: as wrong as anything else
        }
        throw new Broken(Status.TAMPERED, place, "it is not as it was written");
    }

    /** The lines that are left. */
    List<byte[]> hashes() {
        var hashes = new ArrayList<byte[]>();
        for (; at < lines.size(); at++) {
            var place = "line " + (at + 1);
            var hash = bytes(lines.get(at), place);
            if (hash.length != HASH) {
                throw new Broken(Status.TAMPERED, place, "it is no hash");
            }
            hashes.add(hash);
        }
        return hashes;
    }

    /** The checkpoint, if it is signed with a key. */
    Checkpoint signed(NoteKey key) {
        Checkpoint read;
        try {
            read = Checkpoint.read(note);
        } catch (SkeinException e) {
            throw new Broken(Status.TAMPERED, "the checkpoint", "it is no signed note");
        }
        var isSigned = Checkpoint.isSigned(note, key);
        if (isSigned.isEmpty()) {
            throw new Broken(
                    Status.UNKNOWN_KEY, "the checkpoint", "it is not signed by " + key.text());
        }
        if (!isSigned.get()) {
            throw new Broken(Status.TAMPERED, "the checkpoint", "its signature does not fit");
        }
        return read;
    }
}
