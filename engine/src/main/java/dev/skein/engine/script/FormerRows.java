// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.script.CopyRows.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a COPY in text format as the first version read them: line by line, a numbered escape
 * being a character, whatever the server says of them. Its checksums cover what it read, and they
 * are in journals.
 */
final class FormerRows {
    private static final Pattern HEXADECIMAL = Pattern.compile("x[0-9a-fA-F]{1,2}");
    private static final Pattern OCTAL = Pattern.compile("[0-7]{1,3}");
    private static final String KNOWN = "bfnrtv";
    private static final String MEANT = "\b\f\n\r\t\u000b";

    private FormerRows() {}

    /**
     * @param data whole lines
     * @param line that of the first
     */
    static List<Row> of(String data, int line) {
        var rows = new ArrayList<Row>();
        int from = 0;
        for (int end = data.indexOf('\n'); end >= 0; end = data.indexOf('\n', from)) {
            var fields = new ArrayList<@Nullable String>();
            for (var field : data.substring(from, end).split("\t", -1)) {
                fields.add(field.equals("\\N") ? null : unescaped(field));
            }
            rows.add(new Row(line + rows.size(), fields));
            from = end + 1;
        }
        return rows;
    }

    private static String unescaped(String field) {
        var out = new StringBuilder();
        for (int i = 0; i < field.length(); i++) {
            char c = field.charAt(i);
            if (c != '\\' || i + 1 == field.length()) {
                out.append(c);
                continue;
            }
            int known = KNOWN.indexOf(field.charAt(++i));
            if (known >= 0) {
                out.append(MEANT.charAt(known));
            } else {
                i += numbered(field.substring(i), out) - 1;
            }
        }
        return out.toString();
    }

    /** A character by its octal or hexadecimal number, else itself; gives how many it took. */
    private static int numbered(String rest, StringBuilder out) {
        var hexadecimal = HEXADECIMAL.matcher(rest);
        if (hexadecimal.lookingAt()) {
            out.append((char) Integer.parseInt(hexadecimal.group().substring(1), 16));
            return hexadecimal.end();
        }
        var octal = OCTAL.matcher(rest);
        if (octal.lookingAt()) {
            out.append((char) Integer.parseInt(octal.group(), 8));
            return octal.end();
        }
        out.append(rest.charAt(0));
        return 1;
    }
}
