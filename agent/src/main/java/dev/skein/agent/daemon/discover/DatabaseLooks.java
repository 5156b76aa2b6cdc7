// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The last look at each place, found by place and by uid without going through the others. Places
 * that one uid cannot tell apart are twins: a copy of a whole server has its numbers and its
 * journals. Neither is worked on until somebody says which is the copy.
 */
final class DatabaseLooks {
    private static final String BACK =
            "it is in its server's list again, and was not looked into yet";

    private final Map<String, DatabaseLook> byPlace = new HashMap<>();
    private final LookIndex byUid = new LookIndex(DatabaseLook::uid);
    private final LookIndex byName = new LookIndex(DatabaseLooks::name);
    private final Map<String, Set<String>> byServer = new HashMap<>();

    /** Uids of which something else is known than when they were asked for the last time. */
    private final Set<String> changed = new HashSet<>();

    /** Who has the uid that is made from a place: a twin is found by that, too. */
    private final Map<String, String> byPlaceUid = new HashMap<>();

    /**
     * Keeps a look. What had its name on its server before, as before a restore, is gone: a server
     * has a name once. What is gone stays so where it cannot be looked into.
     *
     * @return what is known of the place now: the look, with the problem where it has a twin
     */
    synchronized DatabaseLook keep(DatabaseLook seen) {
        var before = byPlace.get(seen.place().key());
        if (before != null && before.isGone() && seen.problem() != null) {
            return before;
        }
        if (seen.problem() == null) {
            for (var known : byName.with(seen)) {
                if (!known.place().key().equals(seen.place().key())) {
                    put(known.gone());
                }
            }
        }
        put(seen);
        var same = byUid.with(seen);
        return told(same, seen).orElse(seen);
    }

    /**
     * Hears which places a server has. Of those that it has no more it is said that they are gone;
     * they stay known, so that it can be told. Those that it has again are not gone any more,
     * unless another one has their name.
     *
     * @return those that are gone now
     */
    synchronized List<ServerDatabase> listed(String server, Set<String> present) {
        var gone = new ArrayList<ServerDatabase>();
        for (var key : List.copyOf(byServer.getOrDefault(server, Set.of()))) {
            var look = Objects.requireNonNull(byPlace.get(key));
            if (look.isGone() && present.contains(key)) {
                found(look);
            } else if (!look.isGone() && !present.contains(key)) {
                put(look.gone());
                gone.add(look.place());
            }
        }
        return gone;
    }

    private void found(DatabaseLook look) {
        if (there(byName.with(look)).isEmpty()) {
            put(look.withProblem(BACK));
        }
    }

    /** Whether somebody has to decide about a place, which may give it another uid. */
    synchronized boolean isTroubled(DatabaseLook look) {
        return look.problem() != null || there(byUid.with(look)).size() > 1;
    }

    /** Lets a place be told of, whether or not something else is known of it. */
    synchronized void tell(ServerDatabase place) {
        var look = byPlace.get(place.key());
        if (look != null) {
            changed.add(look.uid());
        }
    }

    /**
     * The uids of which something else is known than at the last call, as they are told; of some
     * there is nothing to be found any more.
     */
    synchronized Set<String> changed() {
        var uids = new HashSet<String>();
        for (var uid : changed) {
            uids.add(uid);
            var there = there(byUid.at(uid));
            if (there.size() > 1) {
                there.forEach(look -> uids.add(twin(there, look).uid()));
            }
        }
        changed.clear();
        return uids;
    }

    /** Whether a place was ever looked into, or that was tried. */
    synchronized boolean isKnown(ServerDatabase place) {
        return byPlace.containsKey(place.key());
    }

    /** The last look at a place as it was kept. */
    synchronized Optional<DatabaseLook> at(ServerDatabase place) {
        return Optional.ofNullable(byPlace.get(place.key()));
    }

    /** The database with a uid. */
    synchronized Optional<DatabaseLook> find(String uid) {
        var same = byUid.at(uid);
        if (!same.isEmpty()) {
            return Optional.of(first(same));
        }
        return Optional.ofNullable(byPlaceUid.get(uid))
                .map(byPlace::get)
                .flatMap(look -> told(byUid.with(look), look))
                .filter(look -> look.uid().equals(uid));
    }

    /** Every database; those that one uid does not tell apart have the problem, and other uids. */
    synchronized Collection<DatabaseLook> all() {
        var all = new ArrayList<DatabaseLook>();
        for (var same : byUid.all()) {
            var there = there(same);
            if (there.size() < 2) {
                all.add(first(same));
            } else {
                there.forEach(look -> all.add(twin(there, look)));
            }
        }
        return all;
    }

    private void put(DatabaseLook look) {
        var key = look.place().key();
        var before = byPlace.put(key, look);
        if (before != null) {
            byUid.remove(before);
            byName.remove(before);
            changed.add(before.uid());
        }
        byUid.add(look);
        byName.add(look);
        byServer.computeIfAbsent(look.place().server(), server -> new HashSet<>()).add(key);
        byPlaceUid.put(look.placeUid(), key);
        changed.add(look.uid());
    }

    private static String name(DatabaseLook look) {
        return look.place().server() + "/" + look.place().name();
    }

    private static List<DatabaseLook> there(Collection<DatabaseLook> same) {
        return same.stream().filter(look -> !look.isGone()).toList();
    }

    /** Who keeps the uid. */
    private static DatabaseLook first(List<DatabaseLook> same) {
        var there = there(same);
        return there.size() < 2
                ? there.stream().findFirst().orElseGet(same::getFirst)
                : twin(there, there.getFirst());
    }

    /** What is told of one of those that share a uid; nothing of one that is gone for another. */
    private static Optional<DatabaseLook> told(List<DatabaseLook> same, DatabaseLook look) {
        var there = there(same);
        if (there.size() > 1 && there.contains(look)) {
            return Optional.of(twin(there, look));
        }
        return Optional.of(first(same)).filter(one -> one.place().key().equals(look.place().key()));
    }

    private static DatabaseLook twin(List<DatabaseLook> there, DatabaseLook look) {
        var others =
                there.stream()
                        .filter(other -> !other.place().key().equals(look.place().key()))
                        .map(other -> other.place().name() + " on server " + other.place().server())
                        .collect(Collectors.joining(", "));
        return look.twin(others, look.equals(there.getFirst()));
    }
}
