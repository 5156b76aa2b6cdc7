// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.script.text.CopyEscapes;
import dev.skein.engine.script.text.SqlCharacters;
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
    private final CopyFormat format;
    private final String data;
    private final List<Row> rows = new ArrayList<>();
    private int line;
    private int at;
    private List<@Nullable String> fields = new ArrayList<>();

    private CopyRows(String file, CopyHead head, String data, int line) {
        this.file = file;
        this.head = head;
        this.format = head.format();
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
        boolean skip = format.header();
        int expected = head.columns();
        while (at < data.length()) {
            int from = at;
            fields = new ArrayList<>();
            while (format.csv() ? csvField() : textField()) {}
            if (!skip) {
                expected = expected == 0 ? fields.size() : expected;
                count(expected);
                rows.add(new Row(line, fields));
            }
            skip = false;
            line += SqlCharacters.lines(data, from, at);
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
            if (c == format.delimiter() || c == '\n') {
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
        fields.add(raw.equals(format.nullMark()) ? null : unescaped(raw));
        return goesOn();
    }

    private boolean goesOn() {
        boolean more = at < data.length() && data.charAt(at) == format.delimiter();
        at = Math.min(at + 1, data.length());
        return more;
    }

    private String unescaped(String field) {
        return field.indexOf('\\') < 0 ? field : text(CopyEscapes.bytes(field));
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

    /** Whether another field follows in this row. */
    private boolean csvField() {
        var text = new StringBuilder();
        boolean quoted = false;
        while (at < data.length() && data.charAt(at) != format.delimiter()) {
            char c = data.charAt(at);
            if (c == '\n') {
                break;
            }
            if (c == '\r') {
                throw error("a carriage return stands in a row", "Quote the field");
            }
            at++;
            if (c == format.quote()) {
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
            if (c == format.escape() && (next == format.escape() || next == format.quote())) {
                text.append(next);
                at++;
            } else if (c == format.quote()) {
                return;
            } else {
                text.append(c);
            }
        }
        throw error("a quoted field starts in this row and never ends", "Close its quote");
    }

    private boolean isNull(String text, boolean quoted) {
        int column = fields.size();
        return text.equals(format.nullMark())
                && (quoted ? head.isNullThoughQuoted(column) : !head.isNeverNull(column));
    }

    private ScriptError error(String found, String remedy) {
        return new ScriptError(file, line, found, remedy);
    }
}
