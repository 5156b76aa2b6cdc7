// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.common.errors.InterruptException;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Sends on one route for as long as there is something, on a thread of its own: whatever is wrong
 * with its topic holds nobody else. After a failure it pauses, longer each time.
 */
final class RouteSender {
    static final Duration CLOSE = Duration.ofSeconds(5);

    private static final Logger LOG = Logger.getLogger(RouteSender.class);
    private static final Duration LONGEST = Duration.ofSeconds(10);

    /** Sends one batch. */
    interface Batch {
        /** Gives whether there may be more. */
        boolean send(Producer<String, byte[]> producer) throws InterruptedException;
    }

    private final RelayRoute route;
    private final Supplier<Producer<String, byte[]>> opens;
    private final Batch batch;
    private final Runnable afterwards;
    private volatile @Nullable Producer<String, byte[]> producer;
    private volatile @Nullable Thread thread;
    private final AtomicInteger failures = new AtomicInteger();
    private volatile String reason = "";
    private volatile long retryAt = System.nanoTime();
    private volatile boolean ended;

    /**
     * @param opens makes a producer, before the first batch is read and after each failure
     * @param afterwards is run when nothing is left, and after a failure
     */
    RouteSender(
            RelayRoute route,
            Supplier<Producer<String, byte[]>> opens,
            Batch batch,
            Runnable afterwards) {
        this.route = route;
        this.opens = opens;
        this.batch = batch;
        this.afterwards = afterwards;
    }

    /** Begins to send, unless it does, or pauses. */
    void wake() {
        if (thread == null && System.nanoTime() - retryAt >= 0) {
            var next = Thread.ofVirtual().name("relay " + route.label()).unstarted(this::run);
            thread = next;
            next.start();
        }
    }

    /** How often it failed since it worked last. */
    int failures() {
        return failures.get();
    }

    /** Why it failed last. */
    String reason() {
        return reason;
    }

    /** Whether it stands still after a failure. */
    boolean hasFailed() {
        return failures() > 0 && !isRunning();
    }

    boolean isRunning() {
        return thread != null;
    }

    RelayRoute route() {
        return route;
    }

    private void run() {
        try {
            while (!ended && batch.send(producer())) {
                failures.set(0);
            }
            failures.set(0);
        } catch (InterruptedException | InterruptException e) {
            LOG.debugf("relay %s: interrupted", route.label()); // by end(), which goes on
        } catch (RuntimeException e) {
            failed(e);
        } finally {
            thread = null;
            afterwards.run();
        }
    }

    private Producer<String, byte[]> producer() {
        var known = producer;
        if (known == null) {
            known = opens.get();
            producer = known;
        }
        return known;
    }

    private void failed(RuntimeException e) {
        closeProducer();
        reason = String.valueOf(e.getMessage());
        var times = failures.incrementAndGet();
        var pause = Duration.ofSeconds(1L << Math.min(times - 1, 10));
        pause = pause.compareTo(LONGEST) < 0 ? pause : LONGEST;
        retryAt = System.nanoTime() + pause.toNanos();
        if (!ended) {
            LOG.warnf(
                    "relay %s: not sent, again in %d s: %s",
                    route.label(), pause.toSeconds(), e.getMessage());
        }
    }

    private void closeProducer() {
        var known = producer;
        producer = null;
        if (known != null) {
            known.close(CLOSE);
        }
    }

    /** Ends it from another thread and waits for that. */
    void end() throws InterruptedException {
        ended = true;
        var running = thread;
        if (running != null) {
            running.interrupt();
            running.join();
        }
        closeProducer();
    }
}
