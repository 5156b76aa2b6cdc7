// SPDX-License-Identifier: Apache-2.0
package dev.skein.fleet;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was measured with one size of a fleet, in the order in which it was. */
final class FleetFigures {
    private static final double HALF = 0.5;
    private static final double LAST = 0.99;

    private final int size;
    private final Map<String, Double> values = new LinkedHashMap<>();
    private final Map<String, String> texts = new LinkedHashMap<>();

    FleetFigures(int size) {
        this.size = size;
    }

    int size() {
        return size;
    }

    /** Notes a figure. */
    void add(String name, double value) {
        values.put(name, value);
        texts.put(name, number(value));
    }

    /** Notes times of the same thing, in milliseconds: their median, and the last but few. */
    void addTimes(String name, List<Double> millis, long bytes) {
        var sorted = millis.stream().sorted().toList();
        double half = sorted.get((int) (sorted.size() * HALF));
        double last = sorted.get((int) Math.ceil(sorted.size() * LAST) - 1);
        values.put(name, half);
        texts.put(
                name,
                "%s / %s ms, %s kB".formatted(number(half), number(last), number(bytes / 1e3)));
    }

    /** A figure; the median where it is of times. */
    double value(String name) {
        var value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is none of " + values.keySet());
        }
        return value;
    }

    private static String number(double value) {
        return String.format(
                Locale.ROOT, value >= 100 ? "%,.0f" : value >= 1 ? "%.1f" : "%.3f", value);
    }

    /** A table: a line a figure, a column a size. */
    static String table(List<FleetFigures> all) {
        var names = new LinkedHashSet<String>();
        all.forEach(one -> names.addAll(one.texts.keySet()));
        var lines = new ArrayList<String>();
        lines.add(line("what", all.stream().map(one -> "%,d".formatted(one.size)).toList()));
        lines.add("|" + "---|".repeat(all.size() + 1));
        for (var name : names) {
            lines.add(line(name, all.stream().map(o -> o.texts.getOrDefault(name, "")).toList()));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String line(String name, List<String> cells) {
        return "| " + name + " | " + String.join(" | ", cells) + " |";
    }
}
