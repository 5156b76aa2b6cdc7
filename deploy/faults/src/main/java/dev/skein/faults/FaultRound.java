// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults;

import dev.skein.faults.fault.FaultCatalog;
import dev.skein.faults.fault.FaultKind;
import dev.skein.faults.world.StackUnderFaults;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The faults of one round, as its seed has them: which, when, for how long. */
final class FaultRound {
    /** A fault that is to come. */
    private record Planned(FaultKind kind, Duration after, Duration lasting, long seed) {}

    private final List<Planned> plan = new ArrayList<>();
    private final List<String> happened = Collections.synchronizedList(new ArrayList<>());
    private final List<String> missed = Collections.synchronizedList(new ArrayList<>());
    private final List<String> troubles = Collections.synchronizedList(new ArrayList<>());

    FaultRound(FaultOptions options, int number) {
        var random = new Random(options.seed() * 1_000_003 + number);
        for (int n = 0; n < options.perRound(); n++) {
            var kind =
                    options.only()
                            .map(FaultCatalog::named)
                            .orElseGet(() -> FaultCatalog.pick(random));
            plan.add(
                    new Planned(
                            kind,
                            Duration.ofMillis(random.nextLong(options.spread().toMillis())),
                            kind.choose(random, options.longest()),
                            random.nextLong()));
        }
    }

    /** The kinds of those that happened, a name for each. */
    List<String> happened() {
        return List.copyOf(happened);
    }

    /** The kinds of those that were to happen and could not, a name for each. */
    List<String> missed() {
        return List.copyOf(missed);
    }

    /** Lets them all happen, and returns when the last is over. */
    void happen(StackUnderFaults world) throws InterruptedException {
        var threads = new ArrayList<Thread>();
        for (var planned : plan) {
            threads.add(Thread.ofVirtual().start(() -> happen(world, planned)));
        }
        for (var thread : threads) {
            thread.join();
        }
    }

    private void happen(StackUnderFaults world, Planned planned) {
        try {
            Thread.sleep(planned.after());
            var end = planned.kind().act().begin(world, new Random(planned.seed()));
            (end.equals(FaultKind.End.MISSED) ? missed : happened).add(planned.kind().name());
            try {
                Thread.sleep(planned.lasting());
            } finally {
                end.run();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            troubles.add(planned.kind().name() + ": " + e);
        }
    }

    /** What went wrong with the faults themselves. */
    List<String> troubles() {
        return List.copyOf(troubles);
    }

    @Override
    public String toString() {
        var text = new StringBuilder();
        for (var planned : plan) {
            text.append(
                    "    after %5d ms for %6d ms: %s%n"
                            .formatted(
                                    planned.after().toMillis(),
                                    planned.lasting().toMillis(),
                                    planned.kind().name()));
        }
        return text.toString();
    }
}
