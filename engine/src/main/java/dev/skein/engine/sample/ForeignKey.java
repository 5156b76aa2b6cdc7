// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.sample;

import dev.skein.engine.ClassResources;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A foreign key; names are as SQL needs them.
 *
 * @param types of the columns that are referred to
 */
record ForeignKey(
        String child,
        List<String> columns,
        String parent,
        List<String> targets,
        List<String> types) {
    private static final String KEYS = ClassResources.text(ForeignKey.class, "keys.sql");
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    ForeignKey {
        columns = List.copyOf(columns);
        targets = List.copyOf(targets);
        types = List.copyOf(types);
    }

    static List<ForeignKey> ofDatabase(PgSession session) {
        var keys = new ArrayList<ForeignKey>();
        for (var row : session.script(KEYS, QUERY_TIMEOUT)) {
            keys.add(
                    new ForeignKey(
                            row.getString(0),
                            List.of(row.getArrayOfStrings(1)),
                            row.getString(2),
                            List.of(row.getArrayOfStrings(3)),
                            List.of(row.getArrayOfStrings(4))));
        }
        return keys;
    }

    /** The values that rows refer to and that are not there, packed, at most some thousand. */
    String missing() {
        return """
        SELECT DISTINCT %s FROM %s c
        WHERE %s AND NOT EXISTS (SELECT FROM %s p WHERE %s)
        LIMIT 5000
        """
                .formatted(values(), child, given(), parent, same());
    }

    private String values() {
        return columns.stream()
                .map(c -> "c." + c + "::text")
                .collect(Collectors.joining(", ", "ARRAY[", "]::text[]::text"));
    }

    private String given() {
        return columns.stream()
                .map(c -> "c." + c + " IS NOT NULL")
                .collect(Collectors.joining(" AND "));
    }

    private String same() {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> "p." + targets.get(i) + " = c." + columns.get(i))
                .collect(Collectors.joining(" AND "));
    }

    /** The condition for rows of the parent with such values, given as the only parameter. */
    String among() {
        var values =
                IntStream.range(0, types.size())
                        .mapToObj(i -> "(x::text[])[" + (i + 1) + "]::" + types.get(i))
                        .collect(Collectors.joining(", "));
        return "(%s) IN (SELECT %s FROM unnest($1::text[]) AS x)"
                .formatted(String.join(", ", targets), values);
    }
}
