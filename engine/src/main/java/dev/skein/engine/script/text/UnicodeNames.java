// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script.text;

import java.util.Locale;

/** Names with Unicode escapes: {@code U&"…"}. */
public final class UnicodeNames {
    private UnicodeNames() {}

    /**
     * The same name, plainly quoted.
     *
     * @param name as it is written
     * @param mark what an escape begins with
     */
    public static String plain(String name, char mark) {
        var out = new StringBuilder();
        var raw = name.substring(2);
        for (int i = 0; i < raw.length(); i++) {
            char c = raw.charAt(i);
            if (c != mark) {
                out.append(c);
            } else if (i + 1 < raw.length() && raw.charAt(i + 1) == mark) {
                out.append(c);
                i++;
            } else {
                boolean six = i + 1 < raw.length() && raw.charAt(i + 1) == '+';
                int from = i + (six ? 2 : 1);
                int to = Math.min(raw.length(), from + (six ? 6 : 4));
                out.append(character(raw.substring(from, to)));
                i = to - 1;
            }
        }
        return out.toString();
    }

    private static String character(String hex) {
        try {
            var character = Character.toString(Integer.parseInt(hex, 16));
            return character.equals("\"") ? "\"\"" : character;
        } catch (IllegalArgumentException e) {
            return hex.toLowerCase(Locale.ROOT); // the server will refuse the statement
        }
    }
}
