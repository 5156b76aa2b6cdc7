// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.clock;

import dev.skein.engine.SkeinException;
import java.time.Duration;

/**
 * Ends this process where the machine's clock is set back while it runs. Kafka's client reckons its
 * waiting by that clock and never backwards: each of its consumers, producers and admins would
 * stand still until the time comes again, and closing them would wait as long. Whoever supervises
 * the process starts it again; to everybody else this is a process that was killed, by which
 * nothing is lost.
 */
public final class ClockWatch implements AutoCloseable {
    /** What the process ends with: EX_TEMPFAIL of sysexits.h, "try again". */
    public static final int EXIT_CODE = 75;

    /**
     * What Kafka's client may stand still: with a heartbeat every 2 s it is still a member of its
     * group then, which takes it for dead after 10 s.
     */
    static final Duration TOLERATED = Duration.ofSeconds(5);

    private static final System.Logger LOG = System.getLogger(ClockWatch.class.getName());
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration SAID = Duration.ofSeconds(5);
    private static final double MILLIS = 1000.0;

    private final Thread thread =
            Thread.ofPlatform().daemon().name("clock-watch").unstarted(this::watch);
    private ClockLook last = ClockLook.now(); // before the start, then of the thread

    /** Watches from now on. */
    public void start() {
        last = ClockLook.now();
        thread.start();
    }

    private void watch() {
        try {
            while (true) {
                Thread.sleep(PERIOD);
                var look = ClockLook.now();
                var back = look.setBackSince(last);
                if (back.compareTo(TOLERATED) > 0) {
                    end(back);
                }
                last = look;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // closed
        }
    }

    /** Without the ways of an orderly end, which wait for Kafka's client. */
    private static void end(Duration back) throws InterruptedException {
        try {
            var why = reason(back).getMessage();
            var word = Thread.ofPlatform().daemon();
            word.start(() -> LOG.log(System.Logger.Level.ERROR, why)).join(SAID);
        } finally {
            Runtime.getRuntime().halt(EXIT_CODE); // also where nobody reads what it says
        }
    }

    /** Why it ends. */
    static SkeinException reason(Duration back) {
        return SkeinException.failed(
                "This machine's clock",
                "it was set back by "
                        + Math.round(back.toMillis() / MILLIS)
                        + " s, for which Kafka's client would stand still",
                "This process ends with exit code "
                        + EXIT_CODE
                        + "; start it again, where nobody does");
    }

    @Override
    public void close() {
        thread.interrupt();
    }
}
