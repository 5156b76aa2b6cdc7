// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import java.io.IOException;
import java.io.Reader;
import org.jspecify.annotations.Nullable;

/** The lines of an export: a line's end is a line feed and nothing else. */
final class Lines {
    private static final int LONGEST = 64 * 1024 * 1024;

    private final Reader in;
    private final char[] block = new char[1 << 16];
    private int at;
    private int filled;

    Lines(Reader in) {
        this.in = in;
    }

    /** The next line without its end; null behind the last. One that is too long is cut. */
    @Nullable String next() throws IOException {
        StringBuilder begun = null;
        while (true) {
            if (at == filled && !fill()) {
                return begun == null ? null : begun.toString();
            }
            int end = at;
            while (end < filled && block[end] != '\n') {
                end++;
            }
            if (end < filled && begun == null) {
                return taken(end);
            }
            begun = begun == null ? new StringBuilder() : begun;
            begun.append(block, at, end - at);
            at = Math.min(end + 1, filled);
            if (end < filled || begun.length() >= LONGEST) {
                return begun.toString();
            }
        }
    }

    private String taken(int end) {
        var line = new String(block, at, end - at);
        at = end + 1;
        return line;
    }

    private boolean fill() throws IOException {
        at = 0;
        filled = Math.max(0, in.read(block));
        return filled > 0;
    }
}
