// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import java.util.Set;

/**
 * The statement of a batched change, with its parameters {@code :from} and {@code :to}: the first
 * and the last key of a batch, both inclusive. Quotes and comments hold no parameters, and neither
 * do casts ({@code ::}) and slices ({@code [a:b]}).
 */
public final class BatchText {
    private static final Set<String> NAMES = Set.of("from", "to");

    private BatchText() {}

    /** What a text does with its parameters. */
    record Use(boolean from, boolean to, boolean exclusive) {}

    static Use use(String sql) {
        var seen = new boolean[3];
        walk(
                sql,
                (name, exclusive) -> {
                    seen[name.equals("from") ? 0 : 1] = true;
                    seen[2] |= exclusive;
                    return ":" + name;
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
        return walk(sql, (name, exclusive) -> name.equals("from") ? from : to);
    }

    private interface Replacement {
        /**
         * @param exclusive whether {@code <} or {@code >} stands before it
         */
        String of(String name, boolean exclusive);
    }

    private static String walk(String sql, Replacement replacement) {
        var out = new StringBuilder();
        var reader = new TokenReader("", sql);
        int brackets = 0;
        int done = 0;
        var last = "";
        var before = "";
        for (var kind = reader.next(); kind != TokenReader.Kind.END; kind = reader.next()) {
            var token = reader.token();
            boolean parameter = last.equals(":") && !before.equals(":") && NAMES.contains(token);
            if (parameter && brackets == 0) {
                out.append(sql, done, reader.start() - 1);
                out.append(replacement.of(token, before.equals("<") || before.equals(">")));
                done = reader.end();
            }
            brackets += token.equals("[") ? 1 : 0;
            brackets -= token.equals("]") ? 1 : 0;
            if (kind != TokenReader.Kind.SPACE && kind != TokenReader.Kind.COMMENT) {
                before = last;
                last = token;
            } else if (last.equals(":")) {
                last = ""; // a parameter's name follows its colon at once
            }
        }
        return out.append(sql, done, sql.length()).toString();
    }
}
