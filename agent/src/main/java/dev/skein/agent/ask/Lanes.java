// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.ask;

import dev.skein.engine.event.Request;
import java.time.Clock;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Where requests are worked on: what is tried on a scratch server one after the other, since each
 * fills a machine for minutes, and everything else beside it, some at once, so that nobody waits
 * for a rehearsal to be told a number of rows. Whoever's time is over by their turn is passed over.
 */
final class Lanes implements AutoCloseable {
    private static final int AT_ONCE = 8;

    /** As many as a rollout over very unlike databases asks for. */
    static final int MOST_WAITING = 100;

    private final Clock clock;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final ThreadPoolExecutor scratch =
            new ThreadPoolExecutor(
                    1,
                    1,
                    0,
                    TimeUnit.SECONDS,
                    new ArrayBlockingQueue<>(MOST_WAITING),
                    Thread.ofVirtual().name("scratch").factory());

    Lanes(Clock clock) {
        this.clock = clock;
    }

    /** Whether no more can be taken now. */
    boolean isFull() {
        return room.availablePermits() == 0;
    }

    /**
     * Takes one; blocks where it is full.
     *
     * @return false where too many wait for the scratch server, and this one is not worked on
     */
    boolean take(Request request, Consumer<Request> work) throws InterruptedException {
        if (isForScratch(request.ask())) {
            try {
                scratch.execute(() -> inTime(request, work));
                return true;
            } catch (RejectedExecutionException e) {
                return false;
            }
        }
        room.acquire();
        Thread.startVirtualThread(() -> {
            try {
                inTime(request, work);
            } finally {
                room.release();
            }
        });
        return true;
    }

    private static boolean isForScratch(Request.Ask ask) {
        return switch (ask) {
            case Request.Rehearse _, Request.TryBackup _ -> true;
            case Request.Estimate _, Request.Resend _, Request.Scan _ -> false;
        };
    }

    private void inTime(Request request, Consumer<Request> work) {
        if (clock.instant().isBefore(request.notAfter())) {
            work.accept(request);
        }
    }

    /** Ends what is being tried, and forgets who waits. */
    @Override
    public void close() {
        scratch.shutdownNow();
    }
}
