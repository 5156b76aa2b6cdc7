// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * The places of one server. Whoever leaves hands its place on to the first that waits, and nobody
 * else wakes up: with many thousands in the queue anything that each of them does while it waits is
 * more than what the places do.
 */
final class PlaceQueue {
    private final Set<Turn> waiting = new LinkedHashSet<>();
    private int free;

    /** Whoever waits for a place, and whether it got one. */
    private static final class Turn {
        private final CompletableFuture<Boolean> place = new CompletableFuture<>();

        boolean await() throws InterruptedException, ExecutionException {
            return place.get();
        }

        void end(boolean hasPlace) {
            place.complete(hasPlace);
        }
    }

    PlaceQueue(int places) {
        this.free = places;
    }

    /**
     * Waits for a place, behind those that came before.
     *
     * @return false if the brake was pulled before there was one
     */
    boolean enter(WorkBrake brake) throws InterruptedException {
        var turn = turn();
        brake.whenPulled(() -> giveUp(turn));
        try {
            return turn.await();
        } catch (InterruptedException e) {
            if (!giveUp(turn)) {
                leave(); // it was handed on to this one meanwhile
            }
            throw e;
        } catch (ExecutionException e) {
            throw new IllegalStateException("a turn is never refused", e);
        } finally {
            brake.unheard();
        }
    }

    private synchronized Turn turn() {
        var turn = new Turn();
        if (free > 0) {
            free--;
            turn.end(true);
        } else {
            waiting.add(turn);
        }
        return turn;
    }

    /** Takes one out of the queue; false where it is not in it any more. */
    private boolean giveUp(Turn turn) {
        synchronized (this) {
            if (!waiting.remove(turn)) {
                return false;
            }
        }
        turn.end(false);
        return true;
    }

    /** Hands a place on. */
    void leave() {
        Turn next;
        synchronized (this) {
            if (waiting.isEmpty()) {
                free++;
                return;
            }
            next = waiting.iterator().next();
            waiting.remove(next);
        }
        next.end(true);
    }
}
