// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.time;

import java.util.List;
import java.util.SplittableRandom;

/** The one source of chance of a history: the same seed, the same history. */
public final class Chance {
    private final SplittableRandom random;

    public Chance(long seed) {
        random = new SplittableRandom(seed);
    }

    /** Whether something of this probability happens. */
    public boolean is(double probability) {
        return random.nextDouble() < probability;
    }

    /** A number between two, both included. */
    public int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }

    /** One of some. */
    public <T> T of(List<T> some) {
        return some.get(random.nextInt(some.size()));
    }
}
