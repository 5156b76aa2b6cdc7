// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** Looks by something that nearly always only one of them has, in the order of their places. */
final class LookIndex {
    private static final Comparator<DatabaseLook> ORDER =
            Comparator.comparing(look -> look.place().key());

    private final Map<String, List<DatabaseLook>> looks = new HashMap<>();
    private final Function<DatabaseLook, String> key;

    LookIndex(Function<DatabaseLook, String> key) {
        this.key = key;
    }

    /** Those that have the key of one. */
    List<DatabaseLook> with(DatabaseLook look) {
        return at(key.apply(look));
    }

    List<DatabaseLook> at(String found) {
        return looks.getOrDefault(found, List.of());
    }

    /** All, by their keys. */
    Collection<List<DatabaseLook>> all() {
        return looks.values();
    }

    /** Adds a look at a place that has none. */
    void add(DatabaseLook look) {
        looks.merge(
                key.apply(look),
                List.of(look),
                (same, more) -> Stream.concat(same.stream(), more.stream()).sorted(ORDER).toList());
    }

    /** Removes the look at a place. */
    void remove(DatabaseLook look) {
        looks.computeIfPresent(
                key.apply(look),
                (found, same) -> {
                    var left = same.stream().filter(l -> ORDER.compare(l, look) != 0).toList();
                    return left.isEmpty() ? null : left;
                });
    }
}
