// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The last look at each place, found by place and by uid without going through the others. Places
 * that one uid cannot tell apart are twins: a copy of a whole server has its numbers and its
 * journals. Neither is worked on until somebody says which is the copy.
 */
final class DatabaseLooks {
    private static final Comparator<DatabaseLook> ORDER =
            Comparator.comparing(look -> look.place().key());

    private static final String BACK =
            "it is in its server's list again, and was not looked into yet";

    private final Map<String, DatabaseLook> byPlace = new HashMap<>();
    private final Map<String, NavigableSet<DatabaseLook>> byUid = new HashMap<>();
    private final Map<String, NavigableSet<DatabaseLook>> byName = new HashMap<>();

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
            for (var known : List.copyOf(byName.getOrDefault(name(seen), empty()))) {
                if (!known.place().key().equals(seen.place().key())) {
                    put(known.gone());
                }
            }
        }
        put(seen);
        var same = byUid.getOrDefault(seen.uid(), empty());
        return told(same, seen).orElse(seen);
    }

    /** Says of all that are meant that they are gone; they stay known, so that it can be told. */
    synchronized void forget(Predicate<ServerDatabase> meant) {
        List.copyOf(byPlace.values()).stream()
                .filter(look -> !look.isGone() && meant.test(look.place()))
                .forEach(look -> put(look.gone()));
    }

    /** Those that are meant are not gone any more, unless another one has their name. */
    synchronized void found(Predicate<ServerDatabase> meant) {
        List.copyOf(byPlace.values()).stream()
                .filter(look -> look.isGone() && meant.test(look.place()))
                .filter(look -> there(byName.getOrDefault(name(look), empty())).isEmpty())
                .forEach(look -> put(look.withProblem(BACK)));
    }

    /** The last look at a place as it was kept. */
    synchronized Optional<DatabaseLook> at(ServerDatabase place) {
        return Optional.ofNullable(byPlace.get(place.key()));
    }

    /** The database with a uid. */
    synchronized Optional<DatabaseLook> find(String uid) {
        var same = byUid.get(uid);
        if (same != null) {
            return Optional.of(first(same));
        }
        return Optional.ofNullable(byPlaceUid.get(uid))
                .map(byPlace::get)
                .flatMap(look -> told(byUid.getOrDefault(look.uid(), empty()), look))
                .filter(look -> look.uid().equals(uid));
    }

    /** Every database; those that one uid does not tell apart have the problem, and other uids. */
    synchronized Collection<DatabaseLook> all() {
        var all = new ArrayList<DatabaseLook>();
        for (var same : byUid.values()) {
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
        drop(byPlace.put(key, look));
        byUid.computeIfAbsent(look.uid(), uid -> empty()).add(look);
        byName.computeIfAbsent(name(look), name -> empty()).add(look);
        byPlaceUid.put(look.placeUid(), key);
    }

    private void drop(@Nullable DatabaseLook before) {
        if (before != null) {
            drop(byUid, before.uid(), before);
            drop(byName, name(before), before);
        }
    }

    private static void drop(
            Map<String, NavigableSet<DatabaseLook>> index, String key, DatabaseLook before) {
        var same = index.getOrDefault(key, empty());
        same.remove(before);
        if (same.isEmpty()) {
            index.remove(key);
        }
    }

    private static NavigableSet<DatabaseLook> empty() {
        return new TreeSet<>(ORDER);
    }

    private static String name(DatabaseLook look) {
        return look.place().server() + "/" + look.place().name();
    }

    private static List<DatabaseLook> there(Collection<DatabaseLook> same) {
        return same.stream().filter(look -> !look.isGone()).toList();
    }

    /** Who keeps the uid. */
    private static DatabaseLook first(NavigableSet<DatabaseLook> same) {
        var there = there(same);
        return there.size() < 2
                ? there.stream().findFirst().orElseGet(same::first)
                : twin(there, there.getFirst());
    }

    /** What is told of one of those that share a uid; nothing of one that is gone for another. */
    private static Optional<DatabaseLook> told(NavigableSet<DatabaseLook> same, DatabaseLook look) {
        var there = there(same);
        if (there.size() > 1 && there.contains(look)) {
            return Optional.of(twin(there, look));
        }
        return Optional.of(first(same)).filter(one -> one.place().equals(look.place()));
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
