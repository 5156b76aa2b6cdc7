// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.database;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Rows that one statement takes: of each column an array, as {@code unnest} puts them together
 * again. A statement costs much the same for one row and for some hundred.
 */
public final class BatchRows<T> {
    private final List<T> rows;

    public BatchRows(List<T> rows) {
        this.rows = rows;
    }

    public @Nullable String[] texts(Function<T, @Nullable String> column) {
        var all = new @Nullable String[rows.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = column.apply(rows.get(i));
        }
        return all;
    }

    public @Nullable OffsetDateTime[] times(Function<T, @Nullable OffsetDateTime> column) {
        var all = new @Nullable OffsetDateTime[rows.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = column.apply(rows.get(i));
        }
        return all;
    }

    public @Nullable Long[] longsOrNone(Function<T, @Nullable Long> column) {
        var all = new @Nullable Long[rows.size()];
        for (int i = 0; i < all.length; i++) {
            all[i] = column.apply(rows.get(i));
        }
        return all;
    }

    public Long[] longs(ToLongFunction<T> column) {
        return rows.stream().mapToLong(column).boxed().toArray(Long[]::new);
    }

    public Integer[] integers(ToIntFunction<T> column) {
        return rows.stream().mapToInt(column).boxed().toArray(Integer[]::new);
    }

    public Boolean[] flags(Predicate<T> column) {
        return rows.stream().map(column::test).toArray(Boolean[]::new);
    }

    /**
     * Parts rows into rounds: what stands in one touches nothing of the others in it, so that one
     * statement can write them all, and what touches the same is in their order.
     *
     * @param touched what a row touches, by values that are equal where it is the same
     */
    public static <T> List<List<T>> rounds(List<T> rows, Function<T, List<?>> touched) {
        var rounds = new ArrayList<List<T>>();
        Map<Object, Integer> after = new HashMap<>();
        for (var row : rows) {
            var keys = touched.apply(row);
            int round = keys.stream().mapToInt(key -> after.getOrDefault(key, 0)).max().orElse(0);
            if (round == rounds.size()) {
                rounds.add(new ArrayList<>());
            }
            rounds.get(round).add(row);
            keys.forEach(key -> after.put(key, round + 1));
        }
        return rounds;
    }
}
