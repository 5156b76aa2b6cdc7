// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.client;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Rows of text in aligned columns. */
public final class TextTable {
    private static final int GAP = 2;
    private static final int NARROWEST = 5;

    private final List<List<String>> rows = new ArrayList<>();

    public TextTable(String... titles) {
        rows.add(List.of(titles));
    }

    public void row(Object... cells) {
        var row = new ArrayList<String>();
        for (var cell : cells) {
            row.add(String.valueOf(cell));
        }
        rows.add(row);
    }

    /**
     * The rows as lines.
     *
     * @param room how many columns there are: the widest cells are cut to fit
     */
    public List<String> lines(int room) {
        var widths = new int[rows.getFirst().size()];
        for (var row : rows) {
            for (int i = 0; i < row.size(); i++) {
                widths[i] = Math.max(widths[i], row.get(i).length());
            }
        }
        narrow(widths, room - GAP * (widths.length - 1));
        return rows.stream().map(row -> line(row, widths)).toList();
    }

    /** Takes from the widest column until all fit, or none is left that may be cut. */
    private static void narrow(int[] widths, int room) {
        long sum = Arrays.stream(widths).asLongStream().sum();
        while (sum > room) {
            int widest = 0;
            for (int i = 1; i < widths.length; i++) {
                widest = widths[i] > widths[widest] ? i : widest;
            }
            if (widths[widest] <= NARROWEST) {
                return;
            }
            widths[widest]--;
            sum--;
        }
    }

    private static String cut(String text, int width) {
        return text.length() <= width ? text : text.substring(0, width - 1) + "…";
    }

    private static String line(List<String> row, int[] widths) {
        var line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            var cell = cut(row.get(i), widths[i]);
            line.append(cell).append(" ".repeat(widths[i] - cell.length() + GAP));
        }
        return line.toString().stripTrailing();
    }
}
