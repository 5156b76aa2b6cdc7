// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.fault;

import dev.skein.faults.world.StackUnderFaults;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/**
 * A kind of fault.
 *
 * @param name what it is and on what it acts, for example {@code kill-agent}
 * @param lasts how long one of them may last; one of these is chosen
 * @param act begins it
 */
public record FaultKind(String name, List<Duration> lasts, Act act) {
    public FaultKind {
        lasts = List.copyOf(lasts);
    }

    /** What begins a fault. */
    public interface Act {
        /** Begins it; gives what ends it. */
        End begin(StackUnderFaults world, Random random) throws InterruptedException;
    }

    /** What ends a fault; ends that come after the world was healed do no harm. */
    public interface End {
        /** For one that is over as soon as it has happened. */
        End NOTHING = () -> {};

        /**
         * For one that did not happen: what it needs was down, or the machine does not allow it.
         */
        End MISSED = () -> {};

        void run() throws InterruptedException;
    }

    /** One that happens and is over. */
    static FaultKind moment(String name, Act act) {
        return new FaultKind(name, List.of(Duration.ZERO), act);
    }

    /** One that lasts one of so many milliseconds. */
    static FaultKind lasting(String name, List<Integer> millis, Act act) {
        return new FaultKind(name, millis.stream().map(Duration::ofMillis).toList(), act);
    }

    /** How long one lasts, of those that are short enough; the shortest where none is. */
    public Duration choose(Random random, Duration longest) {
        var fitting = lasts.stream().filter(one -> one.compareTo(longest) <= 0).toList();
        return fitting.isEmpty() ? lasts.getFirst() : fitting.get(random.nextInt(fitting.size()));
    }
}
