// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The options of sequences, as the catalog writes them: all of them, in one order. */
public final class SequenceOptions {
    private static final Pattern ALL =
            Pattern.compile(
                    "(START WITH \\S+) (INCREMENT BY \\S+) (MINVALUE \\S+) (MAXVALUE \\S+)"
                            + " (CACHE \\S+) (NO CYCLE|CYCLE)");
    private static final Map<String, String> HIGHEST =
            Map.of(
                    "smallint", "32767",
                    "integer", "2147483647",
                    "bigint", "9223372036854775807");

    private SequenceOptions() {}

    /**
     * The options one by one.
     *
     * @throws IllegalArgumentException if they are not as a catalog has them
     */
    public static List<String> each(String options) {
        var parts = ALL.matcher(options);
        if (!parts.matches()) {
            throw new IllegalArgumentException("sequence options '" + options + "'");
        }
        var list = new ArrayList<String>();
        for (int i = 1; i <= parts.groupCount(); i++) {
            list.add(parts.group(i));
        }
        return list;
    }

    /** Those that a sequence of a type would not have by itself. */
    public static String unusual(String options, String type) {
        var usual =
                List.of(
                        "START WITH 1",
                        "INCREMENT BY 1",
                        "MINVALUE 1",
                        "MAXVALUE " + HIGHEST.getOrDefault(type, ""),
                        "CACHE 1",
                        "NO CYCLE");
        var list = new ArrayList<>(each(options));
        list.removeAll(usual);
        return String.join(" ", list);
    }
}
