// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.graph;

import dev.skein.engine.revision.Revision;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Draws revisions, newest first, with their lines of descent: a column for each line, which ends
 * where its revision stands and begins anew for each of its parents.
 *
 * <pre>
 *   *   d merge
 *   |\
 *   * | b
 *   | * c
 *   |/
 *   * a
 * </pre>
 */
final class GraphDrawing {
    /** The revision that each column waits for; null for a column that is free. */
    private final List<@Nullable String> columns = new ArrayList<>();

    private final List<String> lines = new ArrayList<>();

    private GraphDrawing() {}

    /**
     * Draws.
     *
     * @param newestFirst every revision before its parents
     * @param label what stands beside a revision
     */
    static List<String> draw(List<Revision> newestFirst, Function<Revision, String> label) {
        var drawing = new GraphDrawing();
        var shown = newestFirst.stream().map(Revision::id).toList();
        for (var revision : newestFirst) {
            var parents = revision.revises().stream().filter(shown::contains).toList();
            drawing.add(revision.id(), parents, label.apply(revision));
        }
        return drawing.lines;
    }

    private void add(String id, List<String> parents, String label) {
        int at = columns.indexOf(id);
        if (at < 0) {
            at = free();
            columns.set(at, id);
        }
        join(id, at);
        lines.add(row(at, "*") + " " + label);
        columns.set(at, parents.isEmpty() ? null : parents.getFirst());
        for (var parent : parents.subList(Math.min(1, parents.size()), parents.size())) {
            int column = free();
            columns.set(column, parent);
            lines.add(stroke(at, column, "\\"));
        }
        while (!columns.isEmpty() && columns.getLast() == null) {
            columns.removeLast();
        }
    }

    private int free() {
        int free = columns.indexOf(null);
        if (free < 0) {
            columns.add(null);
            free = columns.size() - 1;
        }
        return free;
    }

    /** Other columns that wait for the same revision end in its one. */
    private void join(String id, int at) {
        for (int other = columns.size() - 1; other > at; other--) {
            if (id.equals(columns.get(other))) {
                columns.set(other, null);
                lines.add(stroke(at, other, "/"));
            }
        }
    }

    private String row(int at, String mark) {
        var row = new StringBuilder();
        for (int i = 0; i < columns.size(); i++) {
            row.append(i == at ? mark : columns.get(i) == null ? " " : "|").append(' ');
        }
        return row.toString().stripTrailing();
    }

    /** A line from one column to another to its right. */
    private String stroke(int from, int to, String end) {
        var row = new StringBuilder();
        for (int i = 0; i <= Math.max(to, columns.size() - 1); i++) {
            boolean line = i < columns.size() && columns.get(i) != null && i != to;
            row.append(line || i == from ? "|" : " ");
            row.append(i == to - 1 ? end : i >= from && i < to - 1 ? "_" : " ");
        }
        return row.toString().stripTrailing();
    }
}
