// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The lines of an export, as bytes: a line's end is a line feed and nothing else. */
final class ExportLines {
    private static final int LONGEST = 64 * 1024 * 1024;

    private final InputStream in;
    private final byte[] block = new byte[1 << 16];

    /** What was read into it, a byte a letter: in a text, the end of a line is found quickly. */
    private String text = "";

    private int at;
    private int filled;
    private boolean cut;

    ExportLines(InputStream in) {
        this.in = in;
    }

    /** The next line without its end; null behind the last. One that is too long is cut. */
    byte @Nullable [] next() throws IOException {
        ByteArrayOutputStream begun = null;
        while (true) {
            if (at == filled && !fill()) {
                cut = begun != null;
                return begun == null ? null : begun.toByteArray();
            }
            int from = at;
            int end = end();
            at = Math.min(end + 1, filled);
            if (end < filled && begun == null) {
                return Arrays.copyOfRange(block, from, end);
            }
            begun = begun == null ? new ByteArrayOutputStream(2 * block.length) : begun;
            begun.write(block, from, end - from);
            if (end < filled || begun.size() >= LONGEST) {
                return begun.toByteArray();
            }
        }
    }

    /** Whether the last line that was given had no end. */
    boolean isCut() {
        return cut;
    }

    /** Where the line ends, or what was read. */
    private int end() {
        int end = text.indexOf('\n', at);
        return end < 0 ? filled : end;
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(block));
        text = new String(block, 0, filled, StandardCharsets.ISO_8859_1);
        return filled > 0;
    }
}
