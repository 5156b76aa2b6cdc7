// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.local;

import dev.skein.agent.cli.Out;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.Drift;
import dev.skein.engine.execute.Expected;
import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.Order;
import dev.skein.engine.execute.Outcome;
import dev.skein.engine.execute.Progress;
import java.util.ArrayList;
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

    private final Out out;
    private final boolean json;
    private final int parallel;
    private final boolean keepGoing;
    private final Stop stop;
    private final List<Result> results = new ArrayList<>();
    private final Map<String, List<String>> failures = new TreeMap<>();
    private final Map<String, List<String>> unknown = new TreeMap<>();
    private int total;
    private boolean barShown;
    private volatile boolean halted;

    ManyRun(Out out, boolean json, int parallel, boolean keepGoing, Stop stop) {
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
    int go(List<Where> places, Function<Where, Order> order, Migrator migrator) {
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

    private void one(Where place, Order order, Migrator migrator) {
        try {
            stop.during(() -> told(place, migrator.run(order, stop, listening(place))));
        } catch (SkeinException e) {
            failed(place, "interrupted", e, List.of());
        }
    }

    private Progress listening(Where place) {
        return new Progress() {
            @Override
            public void unknown(String why) {
                noted(Talk.wasNotKnown(why));
            }

            @Override
            public void staysDrifted(Drift drift) {
                noted(Talk.DRIFTED);
            }

            @Override
            public void staysUnknown(Expected.Unknown what, List<String> heads) {
                noted(Talk.notKnown(what.why(), what.remedy(heads)));
            }

            private void noted(String line) {
                synchronized (results) {
                    unknown.computeIfAbsent(line, none -> new ArrayList<>()).add(place.name());
                }
            }
        };
    }

    private void told(Where place, Outcome outcome) {
        switch (outcome) {
            case Outcome.Done done -> done(place, done);
            case Outcome.Held held ->
                    add(new Result(place.name(), "held", held.path(), held.heads(), null, null));
            case Outcome.Failed failed -> failed(place, "failed", failed.error(), failed.heads());
            default -> failed(place, "refused", Outcomes.error(outcome), List.of());
        }
    }

    private void done(Where place, Outcome.Done done) {
        var print = done.fingerprint() == null ? null : done.fingerprint().toString();
        add(new Result(place.name(), "done", done.path(), done.heads(), print, null));
    }

    private void failed(Where place, String how, SkeinException e, List<String> heads) {
        halted = halted || !keepGoing;
        synchronized (results) {
            failures.computeIfAbsent(e.found(), f -> new ArrayList<>()).add(place.name());
        }
        add(new Result(place.name(), how, List.of(), heads, null, e.getMessage()));
    }

    private void add(Result result) {
        synchronized (results) {
            results.add(result);
            if (out.isTerminal()) {
                var error = result.error() == null ? "" : line(result) + "\n";
                out.redraw(barShown ? 1 : 0, error + bar());
                barShown = true;
            } else if (!json || result.error() != null) {
                out.say(line(result));
            }
        }
    }

    private String bar() {
        int width = 30;
        int full = width * results.size() / total;
        return "[%s%s] %d of %d\n"
                .formatted("█".repeat(full), " ".repeat(width - full), results.size(), total);
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
                        DatabaseCommand.names(result.heads()),
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
