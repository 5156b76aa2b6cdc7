// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.work;

import dev.skein.engine.SkeinException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

/** All lanes at work at the same time, until they are to come to an end. */
public final class Crew implements AutoCloseable {
    private static final long LOOK_MILLIS = 100;

    private final List<TenantLane> lanes = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final AtomicInteger busy = new AtomicInteger();
    private final Violations violations;
    private volatile boolean settling = true;
    private volatile boolean closed;

    public Crew(
            TenantDatabases databases,
            StackOperators desk,
            Ledger ledger,
            Violations violations,
            long seed) {
        this.violations = violations;
        for (var letter : TenantDatabases.LANES) {
            var random = new Random(seed * 31 + letter.hashCode());
            lanes.add(
                    new TenantLane(
                            letter, databases, desk, ledger, violations, random, () -> settling));
        }
    }

    /** Everybody begins. */
    public void begin() {
        settling = false;
        busy.set(lanes.size());
        threads.clear();
        for (var lane : lanes) {
            threads.add(Thread.ofPlatform().daemon().name("lane").start(() -> work(lane)));
        }
    }

    private void work(TenantLane lane) {
        try {
            while (!settling) {
                attempt(lane::turn);
            }
            while (!closed && !attempt(lane::finish)) {
                Thread.sleep(LOOK_MILLIS);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            violations.add("work", "a lane ended with " + e);
        } finally {
            busy.decrementAndGet();
        }
    }

    private interface Piece {
        void run() throws InterruptedException;
    }

    private boolean attempt(Piece piece) throws InterruptedException {
        try {
            piece.run();
            return true;
        } catch (SkeinException e) {
            Thread.sleep(LOOK_MILLIS); // a server is down, which is what this is about
            return false;
        }
    }

    /** Nothing new is begun from now on. */
    public void settle() {
        settling = true;
    }

    /** Whether all that was begun has come to its end. */
    public boolean isIdle() {
        return busy.get() == 0;
    }

    /** What nothing but an abort has ended, since the last call. */
    public List<String> givenUp() {
        return lanes.stream().flatMap(lane -> lane.givenUp().stream()).toList();
    }

    /** What has not come to its end. */
    public List<String> unfinished() {
        return lanes.stream().flatMap(lane -> lane.unfinished().stream()).toList();
    }

    /** How many rollouts and rollbacks were completed. */
    public int completed() {
        return lanes.stream().mapToInt(TenantLane::completed).sum();
    }

    @Override
    public void close() {
        closed = true;
        settling = true;
        threads.forEach(Thread::interrupt);
    }
}
