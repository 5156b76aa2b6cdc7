// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.ask;

import java.time.Duration;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * Work that is done one after the other. Each turn is either done or turned away, once: when there
 * are too many, at the moment when its time is over, or when this ends.
 */
final class RequestLane implements AutoCloseable {
    /** Why something is not done. */
    enum Why {
        TOO_MANY,
        TOO_LATE,
        CLOSED
    }

    private final ThreadPoolExecutor one;

    /**
     * @param mostWaiting how many may wait besides the one that is worked on
     */
    RequestLane(String name, int mostWaiting) {
        this.one =
                new ThreadPoolExecutor(
                        1,
                        1,
                        0,
                        TimeUnit.SECONDS,
                        new ArrayBlockingQueue<>(mostWaiting),
                        Thread.ofVirtual().name(name).factory());
    }

    /**
     * Takes a turn.
     *
     * @param left how long it may wait
     * @param away told why it is not done
     */
    void take(Duration left, Runnable work, Consumer<Why> away) {
        var turn = new Turn(work, away);
        try {
            one.execute(turn);
            Thread.startVirtualThread(() -> turn.expire(left, one));
        } catch (RejectedExecutionException e) {
            turn.turnAway(one.isShutdown() ? Why.CLOSED : Why.TOO_MANY);
        }
    }

    /** Done by whoever claims it first. */
    private static final class Turn implements Runnable {
        private final Runnable work;
        private final Consumer<Why> away;
        private final AtomicBoolean claimed = new AtomicBoolean();
        private final CountDownLatch turn = new CountDownLatch(1);

        Turn(Runnable work, Consumer<Why> away) {
            this.work = work;
            this.away = away;
        }

        @Override
        public void run() {
            if (claim()) {
                work.run();
            }
        }

        void turnAway(Why why) {
            if (claim()) {
                away.accept(why);
            }
        }

        private boolean claim() {
            turn.countDown();
            return claimed.compareAndSet(false, true);
        }

        /** Makes room for others, too. */
        void expire(Duration left, ThreadPoolExecutor waiting) {
            try {
                if (!turn.await(left.toMillis(), TimeUnit.MILLISECONDS)) {
                    waiting.remove(this);
                    turnAway(Why.TOO_LATE);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Ends what is being worked on, and turns away what waits. */
    @Override
    public void close() {
        one.shutdownNow().forEach(waiting -> ((Turn) waiting).turnAway(Why.CLOSED));
    }
}
