// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.revision;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PriorityQueue;
import java.util.SequencedMap;
import java.util.Set;

/** Puts revisions together to a graph. */
final class GraphBuilder {
    private static final Comparator<Revision> TIES =
            Comparator.comparing(Revision::created).thenComparing(Revision::id);

    private final SequencedMap<String, Revision> byId = new LinkedHashMap<>();
    private final Map<String, List<String>> children = new HashMap<>();
    private final Map<String, List<String>> dependants = new HashMap<>();
    private final Map<String, String> labels = new HashMap<>();

    /**
     * @throws RevisionError for a duplicate id or label, a missing parent or a cycle
     */
    RevisionGraph build(Collection<Revision> revisions) {
        revisions.forEach(this::add);
        for (var revision : byId.values()) {
            link(revision, revision.revises(), children);
            link(revision, revision.requires(), dependants);
        }
        var sorted = sorted();
        byId.values().forEach(this::label);
        return new RevisionGraph(sorted, children, dependants, labels);
    }

    private void add(Revision revision) {
        if (byId.put(revision.id(), revision) != null) {
            throw RevisionError.duplicate(revision.id());
        }
    }

    private void link(Revision revision, List<String> parents, Map<String, List<String>> links) {
        for (var parent : parents) {
            if (!byId.containsKey(parent)) {
                throw RevisionError.missing(revision.id(), parent);
            }
            links.computeIfAbsent(parent, p -> new ArrayList<>()).add(revision.id());
        }
    }

    private void label(Revision revision) {
        for (var label : revision.labels()) {
            var other = labels.put(label, revision.id());
            if (other != null) {
                throw RevisionError.duplicateLabel(label, other, revision.id());
            }
        }
    }

    private SequencedMap<String, Revision> sorted() {
        var waiting = new HashMap<String, Integer>();
        var ready = new PriorityQueue<Revision>(TIES);
        for (var revision : byId.values()) {
            waiting.put(revision.id(), revision.requires().size());
            if (revision.requires().isEmpty()) {
                ready.add(revision);
            }
        }
        var sorted = new LinkedHashMap<String, Revision>();
        while (!ready.isEmpty()) {
            var next = ready.remove();
            sorted.put(next.id(), next);
            for (var child : dependants.getOrDefault(next.id(), List.of())) {
                if (waiting.merge(child, -1, Integer::sum) == 0) {
                    ready.add(Objects.requireNonNull(byId.get(child)));
                }
            }
        }
        refuseCycle(sorted.keySet());
        return sorted;
    }

    private void refuseCycle(Set<String> sorted) {
        if (sorted.size() < byId.size()) {
            throw RevisionError.cycle(
                    byId.keySet().stream().filter(id -> !sorted.contains(id)).sorted().toList());
        }
    }
}
