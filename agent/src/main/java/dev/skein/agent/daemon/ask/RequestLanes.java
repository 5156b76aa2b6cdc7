// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.ask;

import dev.skein.engine.event.Request;
import java.util.concurrent.Semaphore;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * Where requests are worked on: what is tried on a scratch server one after the other, since each
 * fills a machine for minutes, and everything else beside it, some at once, so that nobody waits
 * for a rehearsal to be told a number of rows. Backups are tried in a lane of their own: a wave
 * goes on meanwhile, and rehearsals of a day's rollouts must not be in the way of its halt. Whoever
 * is not worked on is told why.
 */
final class RequestLanes implements AutoCloseable {
    private static final int AT_ONCE = 8;
    private static final String LATE = "its time was over before its turn came";

    /** As many as a rollout over very unlike databases asks for. */
    static final int MOST_WAITING = 100;

    private final Consumer<PendingRequest> work;
    private final BiConsumer<PendingRequest, String> refusal;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final RequestLane rehearsals = new RequestLane("rehearsals", MOST_WAITING);
    private final RequestLane trials = new RequestLane("trials", MOST_WAITING);

    /**
     * @param work answers a request
     * @param refusal tells why there is no other answer
     */
    RequestLanes(Consumer<PendingRequest> work, BiConsumer<PendingRequest, String> refusal) {
        this.work = work;
        this.refusal = refusal;
    }

    /** Whether no more can be taken now. */
    boolean isFull() {
        return room.availablePermits() == 0;
    }

    /** Takes one; blocks where it is full. */
    void take(PendingRequest asked) throws InterruptedException {
        switch (asked.request().ask()) {
            case Request.Rehearse _ -> queue(rehearsals, asked);
            case Request.TryBackup _ -> queue(trials, asked);
            case Request.Estimate _, Request.Resend _, Request.Scan _ -> atOnce(asked);
        }
    }

    private void queue(RequestLane lane, PendingRequest asked) {
        lane.take(asked.left(), () -> inTime(asked), why -> refusal.accept(asked, words(why)));
    }

    private static String words(RequestLane.Why why) {
        return switch (why) {
            case TOO_MANY -> "too many wait already for this agent's scratch server";
            case TOO_LATE -> LATE;
            case CLOSED -> "this agent was stopped before its turn came";
        };
    }

    private void atOnce(PendingRequest asked) throws InterruptedException {
        room.acquire();
        Thread.startVirtualThread(() -> {
            try {
                inTime(asked);
            } finally {
                room.release();
            }
        });
    }

    private void inTime(PendingRequest asked) {
        if (asked.left().isPositive()) {
            work.accept(asked);
        } else {
            refusal.accept(asked, LATE);
        }
    }

    /** Ends what is being tried, and tells those who wait. */
    @Override
    public void close() {
        rehearsals.close();
        trials.close();
    }
}
