// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Rows by their keys; what a transaction changed can be taken back. */
public final class MemoryTable<V> {
    private record Change<V>(String key, @Nullable V before) {}

    private final TreeMap<String, V> rows = new TreeMap<>();
    private final Deque<Change<V>> changes = new ArrayDeque<>();
    private @Nullable List<V> read;

    /** The row; null where there is none. */
    public @Nullable V get(String key) {
        return rows.get(key);
    }

    /** The row that must be there. */
    V row(String key) {
        var row = rows.get(key);
        if (row == null) {
            throw new IllegalStateException("no row " + key);
        }
        return row;
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    void put(String key, V row) {
        read = null;
        changes.push(new Change<>(key, rows.put(key, row)));
    }

    void remove(String key) {
        read = null;
        changes.push(new Change<>(key, rows.remove(key)));
    }

    /** All rows, by their keys: the same list until one of them changes. */
    public List<V> all() {
        var known = read;
        if (known == null) {
            known = List.copyOf(rows.values());
            read = known;
        }
        return known;
    }

    /** Some rows, by their keys. */
    public List<V> all(Predicate<V> which) {
        var some = new ArrayList<V>();
        for (var row : all()) {
            if (which.test(row)) {
                some.add(row);
            }
        }
        return some;
    }

    /** Those whose keys begin so, by their keys. */
    List<V> of(String prefix) {
        return List.copyOf(rows.subMap(prefix, prefix + Character.MAX_VALUE).values());
    }

    void commit() {
        if (!changes.isEmpty()) {
            changes.clear();
        }
    }

    void rollBack() {
        while (!changes.isEmpty()) {
            read = null;
            var change = changes.pop();
            if (change.before() == null) {
                rows.remove(change.key());
            } else {
                rows.put(change.key(), change.before());
            }
        }
    }
}
