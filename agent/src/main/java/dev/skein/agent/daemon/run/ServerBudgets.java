// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.engine.execute.order.Brake;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/** How many databases of a server may be worked on at once. */
@ApplicationScoped
public class ServerBudgets {
    private static final long LOOK_MILLIS = 200;

    private final Map<String, Semaphore> perServer = new ConcurrentHashMap<>();

    /** Work that may be interrupted. */
    interface Work<T> {
        T run() throws InterruptedException;
    }

    /** Runs work when its server has room; nothing if the brake is pulled before. */
    <T> Optional<T> within(ServerDatabase place, Brake brake, Work<T> work)
            throws InterruptedException {
        var room =
                perServer.computeIfAbsent(
                        place.server(), s -> new Semaphore(place.parallel(), true));
        do {
            if (brake.isPulled()) {
                return Optional.empty();
            }
        } while (!room.tryAcquire(LOOK_MILLIS, TimeUnit.MILLISECONDS));
        try {
            return Optional.of(work.run());
        } finally {
            room.release();
        }
    }
}
