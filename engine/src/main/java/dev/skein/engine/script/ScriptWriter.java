// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.Digests;
import dev.skein.engine.revision.Revision;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes the text and the name of a new revision file. */
public final class ScriptWriter {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final int SLUG = 40;

    /** File systems allow 255 bytes for a name, with the stamp and the ending. */
    private static final int ID_BYTES = 120;

    private static final int SLUG_BYTES = 110;
    private static final int DIGEST = 12;

    private ScriptWriter() {}

    /**
     * {@code <timestamp>_<id>_<slug>.sql}; a part of it that no file system would take is cut off.
     * The id in the file is the whole one.
     */
    public static String fileName(Revision revision) {
        var slug =
                revision.message()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", "_")
                        .replaceAll("^_+|_+$", "");
        slug = cut(slug, SLUG, SLUG_BYTES).replaceAll("_+$", "");
        var tail = slug.isEmpty() ? "" : "_" + slug;
        return STAMP.format(revision.created()) + "_" + inName(revision.id()) + tail + ".sql";
    }

    /** An id whose end would not fit has a digest there, so that no two are the same. */
    private static String inName(String id) {
        var bytes = id.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= ID_BYTES
                ? id
                : cut(id, bytes.length, ID_BYTES - DIGEST - 1)
                        + "_"
                        + Digests.hex(Digests.sha256(bytes)).substring(0, DIGEST);
    }

    /** The beginning of a text, between characters. */
    private static String cut(String text, int characters, int bytes) {
        var cut = new StringBuilder();
        int size = 0;
        for (int character : text.codePoints().limit(characters).toArray()) {
            size += Character.toString(character).getBytes(StandardCharsets.UTF_8).length;
            if (size > bytes) {
                break;
            }
            cut.appendCodePoint(character);
        }
        return cut.toString();
    }

    /** The text of a revision that does nothing yet. */
    public static String template(Revision revision) {
        return header(revision) + "\n--@ upgrade\n\n--@ downgrade\n";
    }

    /** The header lines of a revision's place in the graph. */
    public static String header(Revision revision) {
        var text = new StringBuilder();
        line(text, "revision", revision.id());
        line(text, "revises", String.join(", ", revision.revises()));
        line(text, "message", revision.message().replaceAll("\\s+", " "));
        line(text, "created", revision.created().toString());
        line(text, "label", String.join(", ", revision.labels()));
        line(text, "depends-on", String.join(", ", revision.dependsOn()));
        return text.toString();
    }

    private static void line(StringBuilder text, String name, String value) {
        if (!value.isBlank()) {
            text.append("--@ ").append(name).append(": ").append(value).append('\n');
        }
    }
}
