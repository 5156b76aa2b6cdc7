// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import java.util.ArrayList;
import java.util.Collection;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** Looks into many databases, some at a time, and leaves those of servers that are silent. */
final class LookRound {
    /** How many there may be at a time. */
    static final int AT_ONCE = 8;

    private final Semaphore room = new Semaphore(AT_ONCE);
    private final LookPace pace;
    private final SilentServers silent;

    /** What is to be done about a place. */
    record Task(ServerDatabase place, Runnable look) {}

    LookRound(LookPace pace, SilentServers silent) {
        this.pace = pace;
        this.silent = silent;
    }

    /**
     * Looks into them, and waits for the last.
     *
     * @param isOver whether no more are begun
     * @param left is told of those that are left, as their server is silent
     * @return whether all were begun or left
     */
    boolean run(Collection<Task> tasks, BooleanSupplier isOver, Consumer<ServerDatabase> left)
            throws InterruptedException {
        var threads = new ArrayList<Thread>();
        var next = silent.round(tasks, Task::place).iterator();
        while (next.hasNext() && !isOver.getAsBoolean()) {
            var task = next.next();
            room.acquire();
            if (silent.isAway(task.place().server())) {
                room.release();
                left.accept(task.place());
            } else {
                threads.add(Thread.startVirtualThread(() -> look(task)));
            }
        }
        for (var thread : threads) {
            thread.join();
        }
        return !next.hasNext();
    }

    private void look(Task task) {
        long began = System.nanoTime();
        try {
            task.look().run();
        } finally {
            pace.spent(System.nanoTime() - began);
            room.release();
        }
    }
}
