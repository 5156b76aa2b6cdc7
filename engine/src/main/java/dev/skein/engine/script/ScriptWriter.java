// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.revision.Revision;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;

/** Writes the text and the name of a new revision file. */
public final class ScriptWriter {
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss").withZone(ZoneOffset.UTC);
    private static final int SLUG = 40;

    private ScriptWriter() {}

    /** {@code <timestamp>_<id>_<slug>.sql}. */
    public static String fileName(Revision revision) {
        var slug =
                revision.message()
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\p{N}]+", "_")
                        .replaceAll("^_+|_+$", "");
        if (slug.length() > SLUG) {
            slug = slug.substring(0, SLUG).replaceAll("_+$", "");
        }
        var tail = slug.isEmpty() ? "" : "_" + slug;
        return STAMP.format(revision.created()) + "_" + revision.id() + tail + ".sql";
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
