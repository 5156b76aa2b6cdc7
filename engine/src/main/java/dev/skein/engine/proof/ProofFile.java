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
    private static final String CHECKPOINT = "the checkpoint";
    private static final String GAP = "\n\n";
    private static final String SIGNATURE = "\n\u2014 ";
    private static final String CUT = "it ends in the middle";
    private static final int HASH = 32;

    private final List<String> lines;
    private final String note;
    private final boolean ended;
    private int at;
    private long size;

    /** Something is the matter; ends the reading. */
    static final class Broken extends RuntimeException {
        private static final long serialVersionUID = 1;
        private final Status status;
        private final String place;
        private final long size;

        private Broken(Status status, String place, String found, long size) {
            super(found);
            this.status = status;
            this.place = place;
            this.size = size;
        }

        Verdict verdict() {
            return new Verdict(status, 0, size, place, String.valueOf(getMessage()));
        }
    }

    private ProofFile(List<String> lines, String note, boolean ended) {
        this.lines = lines;
        this.note = note;
        this.ended = ended;
    }

    /** A file, which may have lost the end of its last line. */
    static ProofFile of(String text) {
        if (text.indexOf('\r') >= 0) {
            throw new Broken(Status.TAMPERED, "line 1", "lines do not end as they were written", 0);
        }
        int gap = text.indexOf(GAP);
        if (gap < 0) {
            throw new Broken(Status.INCOMPLETE, "the end", CUT, 0);
        }
        var ended = text.endsWith("\n");
        return new ProofFile(
                List.of(text.substring(0, gap).split("\n", -1)),
                text.substring(gap + GAP.length()) + (ended ? "" : "\n"),
                ended);
    }

    static String text(List<String> head, List<byte[]> hashes, String note) {
        var lines = new ArrayList<>(head);
        hashes.forEach(hash -> lines.add(Base64.getEncoder().encodeToString(hash)));
        return String.join("\n", lines) + GAP + note;
    }

    /** What is the matter, of which the size that was signed may be known by now. */
    Broken broken(Status status, String place, String found) {
        return new Broken(status, place, found, size);
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
        var place = "line " + (at + 1);
        var text = next(word).orElse("");
        if (!text.matches("0|[1-9][0-9]{0,17}")) {
            throw broken(Status.TAMPERED, place, "there is no number behind " + word);
        }
        return Long.parseLong(text);
    }

    /** Bytes as they are written: in the one form that an encoder gives them. */
    byte[] bytes(String text, String place) {
        try {
            var bytes = Base64.getDecoder().decode(text);
            if (Base64.getEncoder().encodeToString(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // no base64: as wrong as anything else
        }
        throw broken(Status.TAMPERED, place, "it is not as it was written");
    }

    /** The lines that are left. */
    List<byte[]> hashes() {
        var hashes = new ArrayList<byte[]>();
        for (; at < lines.size(); at++) {
            var place = "line " + (at + 1);
            var hash = bytes(lines.get(at), place);
            if (hash.length != HASH) {
                throw broken(Status.TAMPERED, place, "it is no hash");
            }
            hashes.add(hash);
        }
        return hashes;
    }

    /** The checkpoint, if it is signed with a key. */
    Checkpoint signed(NoteKey key) {
        var read = checkpoint();
        var isSigned = Checkpoint.isSigned(note, key);
        if (!ended && !isSigned.orElse(false)) {
            throw broken(Status.INCOMPLETE, CHECKPOINT, CUT);
        }
        if (isSigned.isEmpty()) {
            throw broken(Status.UNKNOWN_KEY, CHECKPOINT, "it is not signed by " + key.text());
        }
        if (!isSigned.get()) {
            throw broken(Status.TAMPERED, CHECKPOINT, "its signature does not fit");
        }
        size = read.size();
        return read;
    }

    private Checkpoint checkpoint() {
        try {
            return Checkpoint.read(note);
        } catch (SkeinException e) {
            throw ended && note.contains(SIGNATURE)
                    ? broken(Status.TAMPERED, CHECKPOINT, "it is no signed note")
                    : broken(Status.INCOMPLETE, CHECKPOINT, CUT);
        }
    }
}
