// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.Resources;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A schema, and the statements that somebody changed it with. */
record Pair(String name, String before, String change) {
    private static final List<String> FILES =
            List.of("pairs.sql", "order.sql", "families.sql", "partitions.sql");

    private static final Pattern ELSEWHERE =
            Pattern.compile(", (plain|other schema|partitions elsewhere)$");

    static List<Pair> all() {
        var pairs = new ArrayList<Pair>();
        for (var file : FILES) {
            for (var block : Resources.text(Pair.class, file).split("-- pair: ")) {
                if (!block.isBlank()) {
                    pairs.add(read(block));
                }
            }
        }
        return pairs;
    }

    /** All but those that differ from others only in the place of their objects. */
    static List<Pair> oneOfEachKind() {
        return all().stream().filter(pair -> !ELSEWHERE.matcher(pair.name()).find()).toList();
    }

    private static Pair read(String block) {
        int end = block.indexOf('\n');
        var halves = block.substring(end + 1).split("-- becomes\n", 2);
        return new Pair(block.substring(0, end), halves[0].strip(), halves[1].strip());
    }

    @Override
    public String toString() {
        return name;
    }
}
