// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.place.DatabasePlace;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A run on many databases, some at a time, told by a line for each. After the first failure no
 * other is started, unless it was asked to keep going; what runs is finished.
 */
final class ManyRun {
    private static final int NAMED = 5;

    private final Output out;
    private final boolean json;
    private final int parallel;
    private final boolean keepGoing;
    private final StopSignal stop;
    private final List<Result> results = new ArrayList<>();
    private final Map<String, List<String>> failures = new TreeMap<>();
    private final Map<String, List<String>> unknown = new TreeMap<>();
    private final Map<String, String> working = new LinkedHashMap<>();
    private int total;
    private boolean barShown;
    private volatile boolean halted;

    ManyRun(Output out, boolean json, int parallel, boolean keepGoing, StopSignal stop) {
        this.out = out;
        this.json = json;
        this.parallel = parallel;
        this.keepGoing = keepGoing;
        this.stop = stop;
    }

    /** How one database ended, in JSON. */
    record Result(
            String database,
            String outcome,
            List<String> applied,
            List<String> heads,
            @Nullable String fingerprint,
            @Nullable String error) {}

    /** Runs them all; gives the exit code. */
    int go(
            List<DatabasePlace> places,
            Function<DatabasePlace, MigrationOrder> order,
            Migrator migrator) {
        total = places.size();
        var free = new Semaphore(parallel);
        var threads = new ArrayList<Thread>();
        for (var place : places) {
            free.acquireUninterruptibly();
            if (halted || stop.isPulled()) {
                break;
            }
            threads.add(
                    Thread.ofVirtual()
                            .start(() -> {
                                try {
                                    one(place, order.apply(place), migrator);
                                } finally {
                                    free.release();
                                }
                            }));
        }
        threads.forEach(ManyRun::join);
        return summary();
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true; // the thread hears of it itself and ends
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void one(DatabasePlace place, MigrationOrder order, Migrator migrator) {
        try (var talk = talk(place, order)) {
            stop.during(() -> told(place, order, migrator.run(order, stop, talk)));
        } catch (SkeinException e) {
            failed(place, "interrupted", e, List.of(), List.of());
        } finally {
            synchronized (results) {
                working.remove(place.name());
            }
        }
    }

    private ManyRunsNarrator talk(DatabasePlace place, MigrationOrder order) {
        var ticker = new ProgressTicker(out, line -> working(place, line));
        return new ManyRunsNarrator(
                place.name(), ticker, order.scripts(), line -> noted(place, line));
    }

    private void noted(DatabasePlace place, String line) {
        synchronized (results) {
            unknown.computeIfAbsent(line, none -> new ArrayList<>()).add(place.name());
        }
    }

    private void working(DatabasePlace place, String line) {
        synchronized (results) {
            working.put(place.name(), line);
            redraw("");
        }
    }

    private void told(DatabasePlace place, MigrationOrder order, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done done -> done(place, done);
            case Outcome.Held held ->
                    add(new Result(place.name(), "held", held.path(), held.heads(), null, null));
            case Outcome.Failed failed -> {
                var left = new FailureRemains(out, order.scripts()).lines(failed, order.goal());
                failed(place, "failed", failed.error(), failed.heads(), left);
            }
            default ->
                    failed(place, "refused", OutcomeMeaning.error(outcome), List.of(), List.of());
        }
    }

    private void done(DatabasePlace place, Outcome.Done done) {
        var print = done.fingerprint() == null ? null : done.fingerprint().toString();
        add(new Result(place.name(), "done", done.path(), done.heads(), print, null));
    }

    private void failed(
            DatabasePlace place,
            String how,
            SkeinException e,
            List<String> heads,
            List<String> left) {
        halted = halted || !keepGoing;
        synchronized (results) {
            failures.computeIfAbsent(e.found(), f -> new ArrayList<>()).add(place.name());
        }
        add(new Result(place.name(), how, List.of(), heads, null, e.getMessage()), left);
    }

    private void add(Result result) {
        add(result, List.of());
    }

    private void add(Result result, List<String> left) {
        synchronized (results) {
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
    }

    /** Lines that stay, and under them how far it is. */
    private void redraw(String lines) {
        out.redraw(barShown ? 1 : 0, lines + bar());
        barShown = true;
    }

    /** With what has been at work for longest; all in one line, or it could not be taken away. */
    private String bar() {
        int width = 30;
        int full = width * results.size() / total;
        var bar =
                "[%s%s] %d of %d"
                        .formatted(
                                "█".repeat(full), " ".repeat(width - full), results.size(), total);
        var longest = working.isEmpty() ? "" : "  " + working.values().iterator().next();
        int room = out.width(Integer.MAX_VALUE) - 1;
        var all = bar + longest;
        return (all.length() > room ? all.substring(0, room - 1) + "…" : all) + "\n";
    }

    private String line(Result result) {
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

    private int summary() {
        if (json) {
            out.json(results);
        }
        int failed = failures.values().stream().mapToInt(List::size).sum();
        long held = results.stream().filter(r -> r.outcome().equals("held")).count();
        int left = total - results.size();
        out.say(
                "%d of %d done%s%s%s"
                        .formatted(
                                results.size() - failed - held,
                                total,
                                failed > 0 ? ", " + out.bad(failed + " failed") : "",
                                held > 0 ? ", " + held + " stopped" : "",
                                left > 0 ? ", " + left + " not started" : ""));
        failures.forEach(this::counted);
        unknown.forEach(this::counted);
        if (stop.isPulled()) {
            return ErrorCode.INTERRUPTED.exitCode();
        }
        return failed > 0 || left > 0 ? ErrorCode.FAILED.exitCode() : 0;
    }

    private void counted(String what, List<String> where) {
        out.say(
                "  "
                        + where.size()
                        + " × "
                        + what
                        + ": "
                        + String.join(", ", where.subList(0, Math.min(NAMED, where.size())))
                        + (where.size() > NAMED ? ", …" : ""));
    }
}
