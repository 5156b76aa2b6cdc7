// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults;

import dev.skein.faults.work.Violations.Violation;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was injected, what did not hold, and how long it took until all was well. */
final class FaultReport {
    private final Map<String, Integer> counts = new TreeMap<>();
    private final Map<String, Integer> missed = new TreeMap<>();
    private final Map<String, Integer> violated = new TreeMap<>();
    private final List<Violation> violations = new ArrayList<>();
    private final List<Duration> convergence = new ArrayList<>();
    private final List<Duration> leaderless = new ArrayList<>();

    /**
     * Notes a round.
     *
     * @param kinds those of the faults that happened
     * @param without those of the faults that could not: another one was in the way, or the machine
     *     does not allow it
     */
    void add(List<String> kinds, List<String> without, List<Violation> found, Duration converged) {
        kinds.forEach(kind -> counts.merge(kind, 1, Integer::sum));
        without.forEach(kind -> missed.merge(kind, 1, Integer::sum));
        for (var kind : kinds.stream().distinct().toList()) {
            violated.merge(kind, found.size(), Integer::sum);
        }
        violations.addAll(found);
        convergence.add(converged);
    }

    /** Notes for how long the replicas had no leader. */
    void leaderless(List<Duration> gaps) {
        leaderless.addAll(gaps);
    }

    /** How many happened. */
    int faults() {
        return sum(counts);
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** How many kinds of them. */
    int kinds() {
        return counts.size();
    }

    List<Violation> violations() {
        return List.copyOf(violations);
    }

    /**
     * The table: kinds, how many, and how many violations there were in rounds with one of them.
     */
    String text() {
        var text = new StringBuilder("%-32s %7s %11s%n".formatted("fault", "count", "violations"));
        counts.forEach((kind, count) ->
                text.append(
                        "%-32s %7d %11d%n".formatted(kind, count, violated.getOrDefault(kind, 0))));
        text.append("%-32s %7d %11d%n".formatted(kinds() + " kinds", faults(), violations.size()));
        if (!missed.isEmpty()) {
            text.append("%d did not happen: %s%n".formatted(sum(missed), missed));
        }
        text.append(
                "all well again after (s): p50 %.1f, p99 %.1f, %d rounds%n"
                        .formatted(
                                seconds(convergence, 0.5),
                                seconds(convergence, 0.99),
                                convergence.size()));
        text.append(
                "another leader after (s): p50 %.1f, p99 %.1f, %d times%n"
                        .formatted(
                                seconds(leaderless, 0.5),
                                seconds(leaderless, 0.99),
                                leaderless.size()));
        return text.toString();
    }

    private static double seconds(List<Duration> all, double part) {
        if (all.isEmpty()) {
            return 0;
        }
        var sorted = new ArrayList<>(all);
        Collections.sort(sorted);
        int at = (int) Math.min(sorted.size() - 1, Math.floor(part * sorted.size()));
        return sorted.get(at).toMillis() / 1000.0;
    }
}
