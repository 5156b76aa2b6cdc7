// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How a data change walks a table: {@code users by id, 5000 rows, pause 50ms}.
 *
 * @param table its name as written, with a schema or without
 * @param key a column with an integer or a uuid that tells its rows apart
 * @param rows how many of them in one transaction
 * @param pause between two transactions
 */
public record BatchDirective(String table, String key, int rows, Duration pause) {
    private static final String NAME = "(?:\"(?:[^\"]|\"\")+\"|[\\p{L}_][\\p{L}\\p{N}_$]*)";
    private static final Pattern FORM =
            Pattern.compile(
                    "(?<table>"
                            + NAME
                            + "(?:\\."
                            + NAME
                            + ")?)\\s+by\\s+(?<key>"
                            + NAME
                            + ")\\s*,\\s*(?<rows>[1-9]\\d{0,7})\\s+rows"
                            + "(?:\\s*,\\s*pause\\s+(?<pause>\\d{1,7})\\s*(?<unit>ms|s))?",
                    Pattern.CASE_INSENSITIVE);

    private static final int LONGEST = 1_000; // three names; a matcher's stack bears no more

    static Optional<BatchDirective> parse(String text) {
        var m = FORM.matcher(text);
        if (text.length() > LONGEST || !m.matches()) {
            return Optional.empty();
        }
        long pause = m.group("pause") == null ? 0 : Long.parseLong(m.group("pause"));
        return Optional.of(
                new BatchDirective(
                        m.group("table"),
                        m.group("key"),
                        Integer.parseInt(m.group("rows")),
                        "s".equalsIgnoreCase(m.group("unit"))
                                ? Duration.ofSeconds(pause)
                                : Duration.ofMillis(pause)));
    }

    @Override
    public String toString() {
        var tail = pause.isZero() ? "" : ", pause " + pause.toMillis() + "ms";
        return table + " by " + key + ", " + rows + " rows" + tail;
    }
}
