// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.Unreachable;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which servers are out of reach, for whoever goes from database to database. A round waits for one
 * of a server that has vanished, and leaves its others for the next round; there that one comes
 * last, so that a database that is out of reach by itself keeps nobody waiting.
 */
public final class SilentServers {
    private final Set<String> silent = ConcurrentHashMap.newKeySet();
    private final Set<String> away = ConcurrentHashMap.newKeySet();

    /** Begins a round, in which every server may be tried again; gives the order to go in. */
    public <T> List<T> round(Collection<T> all, Function<T, ServerDatabase> place) {
        away.clear();
        var last = Set.copyOf(silent); // others may add to it meanwhile
        return all.stream()
                .sorted(Comparator.comparing(one -> last.contains(place.apply(one).key())))
                .toList();
    }

    /** The same where these are all that there are: what is gone is forgotten. */
    public <T> List<T> roundOfAll(Collection<T> all, Function<T, ServerDatabase> place) {
        silent.retainAll(
                all.stream().map(one -> place.apply(one).key()).collect(Collectors.toSet()));
        return round(all, place);
    }

    /** Whether one of the server's databases was tried in vain in this round. */
    public boolean isAway(String server) {
        return away.contains(server);
    }

    /** Forgets a database that is gone. */
    void forget(ServerDatabase place) {
        silent.remove(place.key());
    }

    /** Notes that a database answered. */
    public void answered(ServerDatabase place) {
        silent.remove(place.key());
    }

    /** Notes what came of one; whoever refuses us is there. */
    public void failed(ServerDatabase place, SkeinException why) {
        if (why instanceof Unreachable lost && !lost.isRefusal()) {
            silent.add(place.key());
            away.add(place.server());
        } else {
            answered(place);
        }
    }
}
