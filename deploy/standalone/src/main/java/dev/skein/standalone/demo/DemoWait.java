// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.demo;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what is to come in the demo; whether it came is claimed, and checked, afterwards. */
final class DemoWait {
    private static final Duration STEP_TIMEOUT = Duration.ofSeconds(60);

    private DemoWait() {}

    static void until(BooleanSupplier condition) {
        long end = System.nanoTime() + STEP_TIMEOUT.toNanos();
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            try {
                Thread.sleep(200);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }
}
