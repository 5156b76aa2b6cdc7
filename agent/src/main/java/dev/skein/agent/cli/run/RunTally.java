// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.Output;
import dev.skein.engine.SkeinException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What comes of a run on many databases: it is counted, and told by a line for each. */
final class RunTally {
    private final Output out;
    private final boolean json;
    private final int total;
    private final List<RunResult> results = new ArrayList<>();
    private final Map<String, List<String>> failures = new TreeMap<>();
    private final Map<String, List<String>> unknown = new TreeMap<>();
    private final Map<String, String> working = new LinkedHashMap<>();
    private boolean barShown;

    RunTally(Output out, boolean json, int total) {
        this.out = out;
        this.json = json;
        this.total = total;
    }

    /** What a database is at. */
    synchronized void working(String database, String line) {
        working.put(database, line);
        redraw("");
    }

    /** It is at nothing any more. */
    synchronized void idle(String database) {
        working.remove(database);
    }

    /** What is said of a database once all are done. */
    synchronized void noted(String database, String line) {
        unknown.computeIfAbsent(line, none -> new ArrayList<>()).add(database);
    }

    /** A database that failed; those that did alike are counted together. */
    synchronized void failed(RunResult result, SkeinException e, List<String> left) {
        failures.computeIfAbsent(e.found(), f -> new ArrayList<>()).add(result.database());
        add(result, left);
    }

    /** How a database ended. */
    synchronized void ended(RunResult result) {
        add(result, List.of());
    }

    private void add(RunResult result, List<String> left) {
        results.add(result);
        working.remove(result.database());
        var lines = new ArrayList<>(List.of(line(result)));
        lines.addAll(left);
        if (out.isTerminal()) {
            redraw(result.error() == null ? "" : String.join("\n", lines) + "\n");
        } else if (!json || result.error() != null) {
            lines.forEach(out::say);
        }
    }

    /** Lines that stay, and under them how far it is. */
    private void redraw(String lines) {
        var longest = working.isEmpty() ? "" : working.values().iterator().next();
        var bar = new ProgressBar(results.size(), total, longest);
        out.redraw(barShown ? 1 : 0, lines + bar.line(out.width(Integer.MAX_VALUE) - 1) + "\n");
        barShown = true;
    }

    private String line(RunResult result) {
        var count = "[" + results.size() + "/" + total + "] ";
        var error = result.error();
        if (error != null) {
            return count + out.bad(result.outcome()) + " " + result.database() + ": " + error;
        }
        return "%s%s %s at %s (%d)"
                .formatted(
                        count,
                        result.outcome(),
                        result.database(),
                        CliWords.heads(result.heads()),
                        result.applied().size());
    }

    /** Says it all; gives whether every database is done. */
    synchronized boolean sum() {
        if (json) {
            out.json(results);
        }
        return new RunSummary(out, total, results, failures, unknown).say();
    }
}
