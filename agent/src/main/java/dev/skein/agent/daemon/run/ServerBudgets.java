// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.run;

import dev.skein.agent.daemon.discover.ServerDatabase;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/** How many databases of a server may be worked on at once. */
@ApplicationScoped
public class ServerBudgets {
    private final Map<String, PlaceQueue> perServer = new ConcurrentHashMap<>();

    /** Work that may be interrupted. */
    interface Work<T> {
        T run() throws InterruptedException;
    }

    /** Runs work when its server has room; nothing if the brake is pulled before. */
    <T> Optional<T> within(ServerDatabase place, WorkBrake brake, Work<T> work)
            throws InterruptedException {
        var places =
                perServer.computeIfAbsent(place.server(), s -> new PlaceQueue(place.parallel()));
        if (!places.enter(brake)) {
            return Optional.empty();
        }
        try {
            return brake.isPulled() ? Optional.empty() : Optional.of(work.run());
        } finally {
            places.leave();
        }
    }
}
