// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.simulation.site.Rules;
import java.util.ArrayList;
import java.util.List;

/** Many histories, one after the other. */
final class Hunt {
    private final Rules rules;
    private final List<History.Verdict> failed = new ArrayList<>();
    private long histories;
    private long events;
    private long nanos;

    Hunt(Rules rules) {
        this.rules = rules;
    }

    /** Runs the histories of so many seeds; ends early after so many failures. */
    Hunt run(long first, long number, int most) {
        long began = System.nanoTime();
        for (long seed = first; seed < first + number && failed.size() < most; seed++) {
            var verdict = History.run(seed, rules, false);
            histories++;
            events += verdict.events();
            if (!verdict.holds()) {
                failed.add(verdict);
            }
        }
        nanos += System.nanoTime() - began;
        return this;
    }

    List<History.Verdict> failed() {
        return List.copyOf(failed);
    }

    long histories() {
        return histories;
    }

    /** What came of it, in words. */
    String text() {
        double seconds = Math.max(1e-9, nanos / 1e9);
        var text =
                new StringBuilder(
                        "%d histories, %d events, %.0f s, %.0f histories/s, %d failed%n"
                                .formatted(
                                        histories,
                                        events,
                                        seconds,
                                        histories / seconds,
                                        failed.size()));
        for (var one : failed) {
            text.append("seed %d: %s%n".formatted(one.seed(), one.broken().getFirst()));
        }
        return text.toString();
    }
}
