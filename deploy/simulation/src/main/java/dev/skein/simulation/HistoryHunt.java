// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.simulation.site.SimulationRules;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;

/** Many histories: each of them in one thread, as many beside each other as there are cores. */
final class HistoryHunt {
    /** More than anybody waits for, and little enough to be counted in nanoseconds. */
    static final Duration LONGEST = Duration.ofDays(365);

    private final SimulationRules rules;
    private final Duration longest;
    private final long since = System.nanoTime();
    private final ConcurrentLinkedQueue<History.Verdict> failed = new ConcurrentLinkedQueue<>();
    private final Set<String> reached = new ConcurrentSkipListSet<>();
    private final Map<String, Long> logged = new ConcurrentSkipListMap<>();
    private final AtomicLong histories = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private final AtomicLong errors = new AtomicLong();
    private long nanos;

    HistoryHunt(SimulationRules rules) {
        this(rules, LONGEST);
    }

    /**
     * @param longest how long after this no other history begins
     */
    HistoryHunt(SimulationRules rules, Duration longest) {
        this.rules = rules;
        this.longest = longest;
    }

    /** Runs the histories of so many seeds; ends early after so many failures, or with its time. */
    HistoryHunt run(long first, long number, int most) {
        long began = System.nanoTime();
        var next = new AtomicLong(first);
        try (var log = ErrorLog.open()) {
            IntStream.range(0, Runtime.getRuntime().availableProcessors())
                    .parallel()
                    .forEach(worker -> work(next, first + number, most, log));
        }
        nanos += System.nanoTime() - began;
        return this;
    }

    private void work(AtomicLong next, long end, int most, ErrorLog log) {
        long seed = next.getAndIncrement();
        while (seed < end && failed.size() < most && !isOver()) {
            note(History.run(seed, rules, false), log.taken());
            seed = next.getAndIncrement();
        }
    }

    /** Whether its time has come. */
    boolean isOver() {
        return System.nanoTime() - since >= longest.toNanos();
    }

    private void note(History.Verdict verdict, List<String> lines) {
        histories.incrementAndGet();
        events.addAndGet(verdict.events());
        reached.addAll(verdict.reached());
        errors.addAndGet(lines.size());
        lines.forEach(line -> logged.merge(line, verdict.seed(), Math::min));
        if (!verdict.holds()) {
            failed.add(verdict);
        }
    }

    List<History.Verdict> failed() {
        return failed.stream().sorted(Comparator.comparingLong(History.Verdict::seed)).toList();
    }

    /** What happened in any of them. */
    Set<String> reached() {
        return new TreeSet<>(reached);
    }

    /** What was logged as an error, each with the lowest seed that has it. */
    Map<String, Long> logged() {
        return new TreeMap<>(logged);
    }

    long histories() {
        return histories.get();
    }

    /** How much happened in all of them: the same for the same seeds. */
    long events() {
        return events.get();
    }

    /** How many there were, in how long, and how many failed. */
    String sum() {
        double seconds = Math.max(1e-9, nanos / 1e9);
        return "%d histories, %d events, %.0f s, %.0f histories/s, %d failed"
                .formatted(
                        histories.get(),
                        events.get(),
                        seconds,
                        histories.get() / seconds,
                        failed.size());
    }

    /** What came of it, in words. */
    String text() {
        var text = new StringBuilder(sum() + System.lineSeparator());
        text.append("reached: %s%n".formatted(String.join(", ", reached)));
        if (errors.get() > 0) {
            text.append("logged as errors: %d%n".formatted(errors.get()));
            logged.forEach((line, seed) -> text.append("seed %d: %s%n".formatted(seed, line)));
        }
        for (var one : failed()) {
            text.append("seed %d: %s%n".formatted(one.seed(), one.broken().getFirst()));
        }
        return text.toString();
    }
}
