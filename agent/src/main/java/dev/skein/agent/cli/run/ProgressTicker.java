// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.Output;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Shows that something runs while nothing is printed: on a terminal in one line whose seconds
 * count, elsewhere by a line after some seconds, later and later. What is said meanwhile goes
 * through it, so that lines do not mix.
 */
final class ProgressTicker implements AutoCloseable {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration FIRST = Duration.ofSeconds(10);

    private final Output out;
    private final Consumer<String> working;
    private final CountDownLatch closed = new CountDownLatch(1);
    private @Nullable String what;
    private long since;
    private Duration next = FIRST;

    ProgressTicker(Output out) {
        this(out, out::working);
    }

    /**
     * @param working shows what runs on a terminal, in place of what it was given before
     */
    ProgressTicker(Output out, Consumer<String> working) {
        this.out = out;
        this.working = working;
        Thread.ofVirtual().name("ticker").start(this::run);
    }

    /** From now on this runs; null where nothing does. */
    synchronized void running(@Nullable String now) {
        out.worked();
        what = now;
        since = System.nanoTime();
        next = FIRST;
    }

    /** A line that stays. */
    synchronized void say(String line) {
        out.say(line);
    }

    private void run() {
        try {
            while (!closed.await(SECOND.toMillis(), TimeUnit.MILLISECONDS)) {
                tick(Duration.ofNanos(System.nanoTime() - since));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Tells how long it has been running; called once a second. */
    synchronized void tick(Duration elapsed) {
        if (what == null) {
            return;
        }
        var line = what + ", " + elapsed.toSeconds() + " s";
        if (out.isTerminal()) {
            working.accept(line);
        } else if (elapsed.compareTo(next) >= 0) {
            out.say(line);
            next = next.multipliedBy(2);
        }
    }

    @Override
    public void close() {
        closed.countDown();
        running(null);
    }
}
