// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The statement of a batched change, with its parameters {@code :from} and {@code :to}: the first
 * and the last key of a batch, both inclusive. Quotes and comments hold no parameters, and neither
 * do casts ({@code ::}) and slices ({@code [a:b]}).
 */
public final class BatchText {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "[eE]'(?:[^'\\\\]|\\\\.|'')*'|'(?:[^']|'')*'|\"(?:[^\"]|\"\")*\"|--[^\\n]*"
                            + "|/\\*.*?\\*/|\\$(\\w*)\\$.*?\\$\\1\\$|::|[\\[\\]]"
                            + "|(?<comparison>[<>]\\s*)?:(?<name>from|to)\\b",
                    Pattern.DOTALL);

    private BatchText() {}

    /** What a text does with its parameters. */
    record Use(boolean from, boolean to, boolean exclusive) {}

    static Use use(String sql) {
        var seen = new boolean[3];
        walk(
                sql,
                m -> {
                    seen["from".equals(m.group("name")) ? 0 : 1] = true;
                    seen[2] |= m.group("comparison") != null;
                    return m.group();
                });
        return new Use(seen[0], seen[1], seen[2]);
    }

    /** Whether a text has parameters. */
    public static boolean isBatched(String sql) {
        var use = use(sql);
        return use.from() || use.to();
    }

    /**
     * The statement for one batch.
     *
     * @param from an SQL expression for the first key
     * @param to an SQL expression for the last key
     */
    public static String with(String sql, String from, String to) {
        return walk(
                sql,
                m -> {
                    var comparison = m.group("comparison") == null ? "" : m.group("comparison");
                    return comparison + ("from".equals(m.group("name")) ? from : to);
                });
    }

    private interface Replacement {
        String of(Matcher parameter);
    }

    private static String walk(String sql, Replacement replacement) {
        var out = new StringBuilder();
        var m = TOKEN.matcher(sql);
        int brackets = 0;
        int done = 0;
        while (m.find()) {
            brackets += m.group().equals("[") ? 1 : 0;
            brackets -= m.group().equals("]") ? 1 : 0;
            if (m.group("name") != null && brackets == 0) {
                out.append(sql, done, m.start()).append(replacement.of(m));
                done = m.end();
            }
        }
        return out.append(sql, done, sql.length()).toString();
    }
}
