// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.loop;

import dev.skein.engine.SkeinException;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Work that a service does over and over on a thread of its own. A round that fails is logged and,
 * after a pause, followed by the next: no error ends the loop. Whether it still turns can be asked.
 */
public final class ServiceLoop implements Runnable {
    private static final System.Logger LOG = System.getLogger(ServiceLoop.class.getName());
    private static final Duration RETRY_PAUSE = Duration.ofSeconds(1);

    /** One round; it returns or throws within a bounded time. */
    @FunctionalInterface
    public interface Round {
        void run() throws InterruptedException;
    }

    /** What to do after a failed round, before the pause; must not throw. */
    @FunctionalInterface
    public interface Mend {
        void run();
    }

    private final String name;
    private final Round round;
    private final Mend mend;
    private final AtomicLong turned = new AtomicLong(System.nanoTime());
    private volatile boolean stopped;

    public ServiceLoop(String name, Round round, Mend mend) {
        this.name = name;
        this.round = round;
        this.mend = mend;
    }

    @Override
    public void run() {
        while (!stopped && !Thread.currentThread().isInterrupted()) {
            try {
                round.run();
                turned.set(System.nanoTime());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (RuntimeException e) {
                // At the rim of the process: whatever went wrong, the loop goes on and says so.
                failed(e);
            }
        }
    }

    private void failed(RuntimeException e) {
        if (stopped) {
            return;
        }
        if (e instanceof SkeinException) {
            LOG.log(System.Logger.Level.WARNING, "{0}: {1}", name, e.getMessage());
        } else {
            LOG.log(System.Logger.Level.ERROR, name + ": a round failed", e);
        }
        try {
            mend.run();
            Thread.sleep(RETRY_PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException again) {
            LOG.log(System.Logger.Level.ERROR, name + ": mending failed", again);
        }
    }

    /** Ends {@link #run} after the present round. */
    public void stop() {
        stopped = true;
    }

    public String name() {
        return name;
    }

    /** How long ago a round succeeded. */
    public Duration sinceLastTurn() {
        return Duration.ofNanos(System.nanoTime() - turned.get());
    }
}
