// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.proof;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * Reads the line of an entry where it is byte for byte as {@link ExportLine#text} writes it, which
 * is quicker than to parse it and to write it again. Of anything else it says nothing, and the
 * parser decides.
 */
final class EntryLine {
    private static final byte[] INDEX = ascii("{\"index\":");
    private static final byte[] SOURCE = ascii(",\"source\":\"");
    private static final byte[] SEQ = ascii("\",\"seq\":");
    private static final byte[] ENVELOPE = ascii(",\"envelope\":\"");
    private static final byte[] PREV = ascii("\",\"prev\":\"");
    private static final byte[] SALT = ascii("\",\"salt\":\"");
    private static final byte[] BODY = ascii("\",\"body\":\"");
    private static final byte[] END = ascii("\"}");
    private static final int DIGITS = 18; // fit a long

    private final byte[] line;

    /** The same, a byte a letter: in a text, the end of another one is found quickly. */
    private final String text;

    private int at;

    private EntryLine(byte[] line) {
        this.line = line;
        this.text = new String(line, StandardCharsets.ISO_8859_1);
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** The entry; null of a line that is not exactly like that. */
    static @Nullable ExportLine read(byte[] line) {
        return new EntryLine(line).entry();
    }

    private @Nullable ExportLine entry() {
        long index = next(INDEX) ? number() : -1;
        var source = index >= 0 && next(SOURCE) ? name() : null;
        long seq = source != null && next(SEQ) ? number() : -1;
        var envelope = seq >= 0 && next(ENVELOPE) ? bytes() : null;
        var prev = envelope != null && next(PREV) ? bytes() : null;
        if (source == null || envelope == null || prev == null) {
            return null;
        }
        var salted = next(SALT);
        var salt = salted ? bytes() : null;
        var told = next(BODY);
        var body = told ? bytes() : null;
        var whole = salted == (salt != null) && told == (body != null) && next(END);
        return whole && at == line.length
                ? ExportLine.entry(index, source, seq, envelope, prev, salt, body, null)
                : null;
    }

    private boolean next(byte[] expected) {
        int end = at + expected.length;
        var there =
                end <= line.length && Arrays.equals(line, at, end, expected, 0, expected.length);
        at = there ? end : at;
        return there;
    }

    /** A number as it is written, from 0; -1 for anything else. */
    private long number() {
        int from = at;
        long value = 0;
        while (at < line.length && line[at] >= '0' && line[at] <= '9' && at - from < DIGITS) {
            value = value * 10 + line[at++] - '0';
        }
        var written = at > from && (line[from] != '0' || at - from == 1);
        return written ? value : -1;
    }

    /** What needs no escape in JSON, and is ASCII. */
    private @Nullable String name() {
        int from = at;
        while (at < line.length && line[at] != '"') {
            if (line[at] < ' ' || line[at] == '\\' || line[at] == 0x7f) {
                return null;
            }
            at++;
        }
        return new String(line, from, at - from, StandardCharsets.US_ASCII);
    }

    /** Base64 in the one form that an encoder writes. */
    private byte @Nullable [] bytes() {
        int from = at;
        int end = text.indexOf('"', from);
        at = end < 0 ? line.length : end;
        try {
            var decoded = Base64.getDecoder().decode(ByteBuffer.wrap(line, from, at - from));
            var bytes = Arrays.copyOf(decoded.array(), decoded.remaining());
            return isWritten(from, bytes) ? bytes : null;
        } catch (IllegalArgumentException e) {
            return null; // the parser says what is wrong
        }
    }

    /** Its length, padding and last bits; everything before has only one form. */
    private boolean isWritten(int from, byte[] bytes) {
        if (at - from != (bytes.length + 2) / 3 * 4) {
            return false;
        }
        if (bytes.length % 3 == 0) {
            return true;
        }
        var tail = Arrays.copyOfRange(bytes, bytes.length / 3 * 3, bytes.length);
        var written = Base64.getEncoder().encode(tail);
        return Arrays.equals(line, at - written.length, at, written, 0, written.length);
    }
}
