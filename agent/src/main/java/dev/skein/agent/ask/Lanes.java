// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.ask;

import dev.skein.engine.event.Request;
import java.time.Clock;
import java.time.Duration;
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
final class Lanes implements AutoCloseable {
    private static final int AT_ONCE = 8;
    private static final String LATE = "its time was over before its turn came";

    /** As many as a rollout over very unlike databases asks for. */
    static final int MOST_WAITING = 100;

    private final Clock clock;
    private final Consumer<Request> work;
    private final BiConsumer<Request, String> refusal;
    private final Semaphore room = new Semaphore(AT_ONCE);
    private final Lane rehearsals = new Lane("rehearsals", MOST_WAITING);
    private final Lane trials = new Lane("trials", MOST_WAITING);

    /**
     * @param work answers a request
     * @param refusal tells why there is no other answer
     */
    Lanes(Clock clock, Consumer<Request> work, BiConsumer<Request, String> refusal) {
        this.clock = clock;
        this.work = work;
        this.refusal = refusal;
    }

    /** Whether no more can be taken now. */
    boolean isFull() {
        return room.availablePermits() == 0;
    }

    /** Takes one; blocks where it is full. */
    void take(Request request) throws InterruptedException {
        switch (request.ask()) {
            case Request.Rehearse _ -> queue(rehearsals, request);
            case Request.TryBackup _ -> queue(trials, request);
            case Request.Estimate _, Request.Resend _, Request.Scan _ -> atOnce(request);
        }
    }

    private void queue(Lane lane, Request request) {
        lane.take(left(request), () -> inTime(request), why -> refusal.accept(request, words(why)));
    }

    private static String words(Lane.Why why) {
        return switch (why) {
            case TOO_MANY -> "too many wait already for this agent's scratch server";
            case TOO_LATE -> LATE;
            case CLOSED -> "this agent was stopped before its turn came";
        };
    }

    private void atOnce(Request request) throws InterruptedException {
        room.acquire();
        Thread.startVirtualThread(() -> {
            try {
                inTime(request);
            } finally {
                room.release();
            }
        });
    }

    private void inTime(Request request) {
        if (left(request).isPositive()) {
            work.accept(request);
        } else {
            refusal.accept(request, LATE);
        }
    }

    private Duration left(Request request) {
        return Duration.between(clock.instant(), request.notAfter());
    }

    /** Ends what is being tried, and tells those who wait. */
    @Override
    public void close() {
        rehearsals.close();
        trials.close();
    }
}
