// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults;

import java.time.Duration;

/** How long what took until all was well: processes to come up, rollouts to end, the rest. */
final class ConvergenceTimes {
    private static final double THOUSAND = 1000.0;

    private final long healed;
    private Duration down = Duration.ZERO;
    private Duration busy = Duration.ZERO;

    /**
     * @param healed when the last fault was over, as {@link System#nanoTime} tells
     */
    ConvergenceTimes(long healed) {
        this.healed = healed;
    }

    /** Notes how things are now. */
    void seen(boolean up, boolean idle) {
        down = up ? down : whole();
        busy = idle ? busy : whole();
    }

    /** How long it has been. */
    Duration whole() {
        return Duration.ofNanos(System.nanoTime() - healed);
    }

    @Override
    public String toString() {
        return "%4.1f s (all up after %.1f, rollouts over after %.1f)"
                .formatted(
                        whole().toMillis() / THOUSAND,
                        down.toMillis() / THOUSAND,
                        busy.toMillis() / THOUSAND);
    }
}
