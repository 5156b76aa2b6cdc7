// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.simulation.site.Rules;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;

/** Many histories: each of them in one thread, as many beside each other as there are cores. */
final class Hunt {
    /** What the control plane logs nobody reads here; whoever replays one sees its trace. */
    private static final Logger UNREAD = Logger.getLogger("dev.skein");

    /** More than anybody waits for, and little enough to be counted in nanoseconds. */
    static final Duration LONGEST = Duration.ofDays(365);

    private final Rules rules;
    private final Duration longest;
    private final long since = System.nanoTime();
    private final ConcurrentLinkedQueue<History.Verdict> failed = new ConcurrentLinkedQueue<>();
    private final Set<String> reached = new ConcurrentSkipListSet<>();
    private final AtomicLong histories = new AtomicLong();
    private final AtomicLong events = new AtomicLong();
    private long nanos;

    Hunt(Rules rules) {
        this(rules, LONGEST);
    }

    /**
     * @param longest how long after this no other history begins
     */
    Hunt(Rules rules, Duration longest) {
        this.rules = rules;
        this.longest = longest;
    }

    /** Runs the histories of so many seeds; ends early after so many failures, or with its time. */
    Hunt run(long first, long number, int most) {
        UNREAD.setLevel(Level.OFF);
        long began = System.nanoTime();
        var next = new AtomicLong(first);
        IntStream.range(0, Runtime.getRuntime().availableProcessors())
                .parallel()
                .forEach(worker -> work(next, first + number, most));
        nanos += System.nanoTime() - began;
        return this;
    }

    private void work(AtomicLong next, long end, int most) {
        long seed = next.getAndIncrement();
        while (seed < end && failed.size() < most && !isOver()) {
            note(History.run(seed, rules, false));
            seed = next.getAndIncrement();
        }
    }

    /** Whether its time has come. */
    boolean isOver() {
        return System.nanoTime() - since >= longest.toNanos();
    }

    private void note(History.Verdict verdict) {
        histories.incrementAndGet();
        events.addAndGet(verdict.events());
        reached.addAll(verdict.reached());
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
        for (var one : failed()) {
            text.append("seed %d: %s%n".formatted(one.seed(), one.broken().getFirst()));
        }
        return text.toString();
    }
}
