// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.intake;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * How far the partitions that became ours reached at that moment, and which of them were read that
 * far. An end that cannot be told now (a partition without a leader) is asked for again, since
 * Kafka does not repeat an assignment.
 *
 * <pre>
 *   assigned ─ find ─▶ known ─ reached ─▶ (forgotten)
 * </pre>
 *
 * <p>Used by the polling thread alone.
 */
final class PartitionEnds {
    private final Set<Integer> unknown = new LinkedHashSet<>();
    private final Map<Integer, Long> known = new HashMap<>();
    private boolean together = true;

    /** Partitions became ours. */
    void assigned(Collection<Integer> partitions) {
        unknown.addAll(partitions);
    }

    /** Partitions are somebody else's. */
    void revoked(Collection<Integer> partitions) {
        unknown.removeAll(partitions);
        known.keySet().removeAll(partitions);
    }

    /** Whose ends have yet to be asked for. */
    Set<Integer> unknown() {
        return new LinkedHashSet<>(unknown);
    }

    /**
     * Asks for the ends that are not known yet: for all at once, and once that failed one by one,
     * so that a partition keeps no other back. No call waits for more than one refusal.
     *
     * @param ask gives the end offset of each partition it is given, or throws
     * @throws RuntimeException what an ask threw; the ends that others gave are kept
     */
    void find(Function<Set<Integer>, Map<Integer, Long>> ask) {
        if (unknown.isEmpty()) {
            return;
        }
        if (together) {
            together = false;
            keep(ask.apply(unknown()));
        } else {
            unknown().forEach(partition -> findOne(partition, ask));
        }
        together = true;
    }

    private void findOne(int partition, Function<Set<Integer>, Map<Integer, Long>> ask) {
        unknown.remove(partition);
        unknown.add(partition); // behind the others, if it is refused
        keep(ask.apply(Set.of(partition)));
    }

    private void keep(Map<Integer, Long> found) {
        known.putAll(found);
        unknown.removeAll(found.keySet());
    }

    /**
     * The partitions that were read to their end since the last call.
     *
     * @param position gives the offset of the record that is read next
     */
    List<Integer> reached(ToLongFunction<Integer> position) {
        var read =
                known.entrySet().stream()
                        .filter(e -> position.applyAsLong(e.getKey()) >= e.getValue())
                        .map(Map.Entry::getKey)
                        .toList();
        read.forEach(known::remove);
        return read;
    }
}
