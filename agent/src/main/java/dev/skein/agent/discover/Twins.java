// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.discover;

import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * Places that one uid cannot tell apart: a copy of a whole server has its numbers and its journals.
 * Neither is worked on until somebody says which is the copy. Pure.
 */
final class Twins {
    private static final Comparator<Look> ORDER = Comparator.comparing(look -> look.place().key());

    private Twins() {}

    /**
     * Keeps a look. What had its name on its server before, as before a restore, is gone: a server
     * has a name once.
     */
    static void keep(Map<String, Look> byPlace, Look seen) {
        var now = seen.place();
        if (seen.problem() == null) {
            byPlace.replaceAll((key, known) ->
                    isNamed(known.place(), now) && !key.equals(now.key()) ? known.gone() : known);
        }
        byPlace.put(now.key(), seen);
    }

    private static boolean isNamed(Place place, Place like) {
        return place.server().equals(like.server()) && place.name().equals(like.name());
    }

    /**
     * Looks by uid. Those that share one have the problem in words; all but the first get uids by
     * their places, so that each can be told.
     */
    static Map<String, Look> apart(Collection<Look> looks) {
        var byUid =
                looks.stream()
                        .sorted(ORDER)
                        .collect(
                                Collectors.groupingBy(
                                        Look::uid, LinkedHashMap::new, Collectors.toList()));
        var apart = new LinkedHashMap<String, Look>();
        byUid.forEach((uid, same) -> {
            var there = same.stream().filter(look -> !look.isGone()).toList();
            if (there.size() < 2) {
                apart.put(uid, there.isEmpty() ? same.getFirst() : there.getFirst());
            } else {
                there.forEach(look -> put(apart, look, there));
            }
        });
        return apart;
    }

    private static void put(Map<String, Look> apart, Look look, List<Look> there) {
        var others =
                there.stream()
                        .filter(other -> !other.place().equals(look.place()))
                        .map(other -> other.place().name() + " on server " + other.place().server())
                        .collect(Collectors.joining(", "));
        var told = look.twin(others, look.place().equals(there.getFirst().place()));
        apart.put(told.uid(), told);
    }
}
