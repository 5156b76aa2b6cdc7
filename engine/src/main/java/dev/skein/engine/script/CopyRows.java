// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads the rows of a COPY, in text or csv format. Numbered escapes are bytes, which must be UTF-8
 * together with what stands around them.
 *
 * <p>Source: PostgreSQL documentation, COPY, "File Formats".
 */
final class CopyRows {
    /**
     * A row.
     *
     * @param fields NULL where the mark for it stands
     */
    record Row(int line, List<@Nullable String> fields) {}

    private final String file;
    private final CopyHead head;
    private final String data;
    private final List<Row> rows = new ArrayList<>();
    private int line;
    private int at;
    private List<@Nullable String> fields = new ArrayList<>();

    private CopyRows(String file, CopyHead head, String data, int line) {
        this.file = file;
        this.head = head;
        this.data = data;
        this.line = line;
    }

    /**
     * Reads all rows; each has as many fields as there are columns.
     *
     * @param line that of the first row
     * @throws ScriptError with the line of a row that the server would refuse
     */
    static List<Row> of(String file, CopyHead head, String data, int line) {
        return new CopyRows(file, head, data, line).read();
    }

    private List<Row> read() {
        boolean skip = head.header();
        int expected = head.columns();
        while (at < data.length()) {
            int from = at;
            fields = new ArrayList<>();
            while (head.csv() ? csvField() : textField()) {}
            if (!skip) {
                expected = expected == 0 ? fields.size() : expected;
                count(expected);
                rows.add(new Row(line, fields));
            }
            skip = false;
            line += TokenReader.lines(data, from, at);
        }
        return rows;
    }

    private void count(int expected) {
        if (fields.size() != expected) {
            throw error(
                    "this row has " + fields.size() + " fields, and " + expected + " are expected",
                    "Each row has one for each column");
        }
    }

    /** Whether another field follows in this row. */
    private boolean textField() {
        int from = at;
        while (at < data.length()) {
            char c = data.charAt(at);
            if (c == head.delimiter() || c == '\n') {
                break;
            }
            if (c == '\r') {
                throw error("a carriage return stands in a row", "Write it as \\r");
            }
            if (data.startsWith("\\.", at)) {
                throw error("'\\.' stands in a row", "Alone in its line it ends the rows");
            }
            at += c == '\\' && at + 1 < data.length() ? 2 : 1;
        }
        var raw = data.substring(from, at);
        fields.add(raw.equals(head.nullMark()) ? null : unescaped(raw));
        return goesOn();
    }

    private boolean goesOn() {
        boolean more = at < data.length() && data.charAt(at) == head.delimiter();
        at = Math.min(at + 1, data.length());
        return more;
    }

    private String unescaped(String field) {
        if (field.indexOf('\\') < 0) {
            return field;
        }
        var bytes = new ByteArrayOutputStream(field.length());
        int plain = 0;
        for (int i = field.indexOf('\\'); i >= 0; i = field.indexOf('\\', plain)) {
            bytes.writeBytes(field.substring(plain, i).getBytes(StandardCharsets.UTF_8));
            plain = escape(field, i + 1, bytes);
        }
        bytes.writeBytes(field.substring(plain).getBytes(StandardCharsets.UTF_8));
        return text(bytes.toByteArray());
    }

    private String text(byte[] bytes) {
        for (byte b : bytes) {
            if (b == 0) {
                throw error("a field holds the byte 0", "No text of the server may have it");
            }
        }
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw error("the bytes of a field are not UTF-8", "Write them as bytea or as UTF-8");
        }
    }

    /** Writes what an escape stands for; gives where it ends. */
    private static int escape(String field, int at, ByteArrayOutputStream out) {
        if (at >= field.length()) {
            return at; // the server drops it, too
        }
        char c = field.charAt(at);
        int known = "bfnrtv".indexOf(c);
        if (known >= 0) {
            out.write("\b\f\n\r\t\u000b".charAt(known));
            return at + 1;
        }
        if (c >= '0' && c <= '7') {
            return number(field, at, 3, 8, out);
        }
        if (c == 'x' && at + 1 < field.length() && digit(field.charAt(at + 1), 16) >= 0) {
            return number(field, at + 1, 2, 16, out);
        }
        int end = field.offsetByCodePoints(at, 1);
        out.writeBytes(field.substring(at, end).getBytes(StandardCharsets.UTF_8));
        return end;
    }

    private static int number(
            String field, int from, int most, int radix, ByteArrayOutputStream out) {
        int value = 0;
        int at = from;
        while (at < field.length() && at < from + most && digit(field.charAt(at), radix) >= 0) {
            value = value * radix + digit(field.charAt(at++), radix);
        }
        out.write(value);
        return at;
    }

    private static int digit(char c, int radix) {
        return c > 127 ? -1 : Character.digit(c, radix);
    }

    /** Whether another field follows in this row. */
    private boolean csvField() {
        var text = new StringBuilder();
        boolean quoted = false;
        while (at < data.length() && data.charAt(at) != head.delimiter()) {
            char c = data.charAt(at);
            if (c == '\n') {
                break;
            }
            if (c == '\r') {
                throw error("a carriage return stands in a row", "Quote the field");
            }
            at++;
            if (c == head.quote()) {
                quoted = true;
                quoted(text);
            } else {
                text.append(c);
            }
        }
        fields.add(isNull(text.toString(), quoted) ? null : text.toString());
        return goesOn();
    }

    private void quoted(StringBuilder text) {
        while (at < data.length()) {
            char c = data.charAt(at++);
            char next = at < data.length() ? data.charAt(at) : '\0';
            if (c == head.escape() && (next == head.escape() || next == head.quote())) {
                text.append(next);
                at++;
            } else if (c == head.quote()) {
                return;
            } else {
                text.append(c);
            }
        }
        throw error("a quoted field starts in this row and never ends", "Close its quote");
    }

    private boolean isNull(String text, boolean quoted) {
        int column = fields.size();
        return text.equals(head.nullMark())
                && (quoted ? head.isNullThoughQuoted(column) : !head.isNeverNull(column));
    }

    private ScriptError error(String found, String remedy) {
        return new ScriptError(file, line, found, remedy);
    }
}
