// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.ClassResources;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.regex.Pattern;

/** A schema, and the statements that somebody changed it with. */
public record Pair(String name, String before, String change) {
    private static final List<String> FILES =
            List.of(
                    "pairs.sql",
                    "order.sql",
                    "names.sql",
                    "families.sql",
                    "partitions.sql",
                    "attach.sql",
                    "types.sql");

    private static final Pattern PLACED =
            Pattern.compile("(.*), (plain|quoted|other schema|partitions elsewhere)$");

    private static final int RUNS = 3;

    public static List<Pair> all() {
        var pairs = new ArrayList<Pair>();
        for (var file : FILES) {
            for (var block : ClassResources.text(Pair.class, file).split("-- pair: ")) {
                if (!block.isBlank()) {
                    pairs.add(read(block));
                }
            }
        }
        return pairs;
    }

    /**
     * Those of one run of three, on a version each: of a kind that stands in several places, one
     * that the other runs leave out. The rest is the same in all places; the last run leaves it to
     * the two around it, and these take turns.
     *
     * @param run from 0
     */
    public static List<Pair> ofRun(int run) {
        var pairs = new ArrayList<Pair>();
        var kinds = new ArrayList<String>();
        var places = new HashMap<String, Integer>();
        int rest = 0;
        for (var pair : all()) {
            var placed = PLACED.matcher(pair.name());
            boolean taken;
            if (placed.matches()) {
                var kind = placed.group(1);
                int place = places.merge(kind, 1, Integer::sum);
                if (place == 1) {
                    kinds.add(kind);
                }
                taken = (kinds.indexOf(kind) + place) % RUNS == run;
            } else {
                taken = rest++ % (RUNS - 1) == run;
            }
            if (taken) {
                pairs.add(pair);
            }
        }
        return pairs;
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
