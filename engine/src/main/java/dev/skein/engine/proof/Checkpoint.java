// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import dev.skein.engine.SkeinException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a log was at one moment, for somebody to sign. Source: the tlog-checkpoint and signed-note
 * formats of C2SP, version 1.0.
 *
 * @param origin names the log for ever
 * @param size in entries
 * @param root of its tree, 32 bytes
 */
@SuppressWarnings("ArrayRecordComponent")
public record Checkpoint(String origin, long size, byte[] root) {
    private static final Pattern NOTE =
            Pattern.compile(
                    "([^\\n]+)\\n(0|[1-9][0-9]{0,18})\\n([A-Za-z0-9+/=]{44})\\n\\n((?:\u2014 [^\\n"
                            + " ]+ [A-Za-z0-9+/=]+\\n)++)");
    private static final Pattern SIGNATURE = Pattern.compile("\u2014 ([^\\n ]+) ([^\\n]+)\\n");
    private static final int ID = 4;
    private static final int HASH = 32;

    private String text() {
        return origin + "\n" + size + "\n" + Base64.getEncoder().encodeToString(root) + "\n";
    }

    /** The note with a signature. */
    public String signed(NoteKey.Pair key) {
        var signature = key.sign(text().getBytes(StandardCharsets.UTF_8));
        var id = HexFormat.of().parseHex(key.verifier().id());
        var all = Arrays.copyOf(id, ID + signature.length);
        System.arraycopy(signature, 0, all, ID, signature.length);
        return text()
                + "\n\u2014 "
                + key.verifier().name()
                + " "
                + Base64.getEncoder().encodeToString(all)
                + "\n";
    }

    /**
     * Reads a signed note, whoever signed it.
     *
     * @throws SkeinException for text that is none
     */
    public static Checkpoint read(String note) {
        var m = NOTE.matcher(note);
        if (!m.matches()) {
            throw SkeinException.usage(
                    "Checkpoint", "it is no signed note of a log", "Name the file of one");
        }
        try {
            var root = Base64.getDecoder().decode(m.group(3));
            var canonical = Base64.getEncoder().encodeToString(root).equals(m.group(3));
            if (root.length == HASH && canonical) {
                return new Checkpoint(m.group(1), Long.parseLong(m.group(2)), root);
            }
        } catch (IllegalArgumentException e) {
            // no base64, or a size beyond all sizes: as wrong as anything else
        }
        throw SkeinException.usage("Checkpoint", "its size or root is none", "Name another");
    }

    /** Whether a note was signed by a key; nothing where that key's name is not under it. */
    public static Optional<Boolean> isSigned(String note, NoteKey key) {
        var checkpoint = read(note);
        var text = checkpoint.text().getBytes(StandardCharsets.UTF_8);
        var lines = SIGNATURE.matcher(note);
        while (lines.find()) {
            var all = decoded(lines.group(2));
            if (all != null && lines.group(1).equals(key.name()) && isBy(key, all)) {
                var signature = Arrays.copyOfRange(all, Math.min(ID, all.length), all.length);
                return Optional.of(key.isSigned(text, signature));
            }
        }
        return Optional.empty();
    }

    private static boolean isBy(NoteKey key, byte[] all) {
        return HexFormat.of().formatHex(Arrays.copyOf(all, ID)).equals(key.id());
    }

    /** The bytes of a signature, as anybody writes them; null for one of another kind. */
    private static byte @Nullable [] decoded(String base64) {
        try {
            var all = Base64.getDecoder().decode(base64);
            return Base64.getEncoder().encodeToString(all).equals(base64) ? all : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
