// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.function.Consumer;
import java.util.function.Function;

/** Looks into many databases, some at a time, and leaves those of servers that are silent. */
final class LookRound {
    /** How many there may be at a time. */
    static final int AT_ONCE = 8;

    private final Semaphore room = new Semaphore(AT_ONCE);
    private final LookPace pace;
    private final SilentServers silent;
    private final Function<ServerDatabase, DatabaseLook> look;

    LookRound(LookPace pace, SilentServers silent, Function<ServerDatabase, DatabaseLook> look) {
        this.pace = pace;
        this.silent = silent;
        this.look = look;
    }

    /**
     * Looks into them, and waits for the last.
     *
     * @param left is told of those that are left for the next round
     */
    List<DatabaseLook> lookInto(List<ServerDatabase> places, Consumer<ServerDatabase> left)
            throws InterruptedException {
        var results = new HashMap<String, DatabaseLook>();
        var threads = new ArrayList<Thread>();
        for (var place : silent.round(places, place -> place)) {
            room.acquire();
            if (silent.isAway(place.server())) {
                room.release();
                left.accept(place);
                continue;
            }
            threads.add(Thread.startVirtualThread(() -> lookInto(place, results)));
        }
        for (var thread : threads) {
            thread.join();
        }
        return List.copyOf(results.values());
    }

    private void lookInto(ServerDatabase place, Map<String, DatabaseLook> results) {
        long began = System.nanoTime();
        try {
            var seen = look.apply(place);
            synchronized (results) {
                results.put(seen.uid(), seen);
            }
        } finally {
            pace.spent(System.nanoTime() - began);
            room.release();
        }
    }
}
