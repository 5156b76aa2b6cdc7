// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.revision;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.SequencedSet;
import java.util.Set;

/**
 * All revisions and what follows what: an immutable directed graph without cycles. Its order is
 * topological, ties by (created, id), so that every machine walks parallel branches alike.
 */
public final class RevisionGraph {
    private final SequencedMap<String, Revision> inOrder;
    private final Map<String, List<String>> children;
    private final Map<String, List<String>> dependants;
    private final Map<String, String> labels;

    RevisionGraph(
            SequencedMap<String, Revision> inOrder,
            Map<String, List<String>> children,
            Map<String, List<String>> dependants,
            Map<String, String> labels) {
        this.inOrder = inOrder;
        this.children = children;
        this.dependants = dependants;
        this.labels = labels;
    }

    /**
     * Builds the graph.
     *
     * @throws RevisionError for a duplicate id or label, a missing parent or a cycle
     */
    public static RevisionGraph of(Collection<Revision> revisions) {
        return new GraphBuilder().build(revisions);
    }

    /** Every revision, parents first. */
    public List<Revision> inOrder() {
        return List.copyOf(inOrder.values());
    }

    public boolean contains(String id) {
        return inOrder.containsKey(id);
    }

    /**
     * The revision with exactly this id.
     *
     * @throws RevisionError if there is none
     */
    public Revision get(String id) {
        var revision = inOrder.get(id);
        if (revision == null) {
            throw RevisionError.unknown(id, List.of());
        }
        return revision;
    }

    /** The revision that declares a branch label. */
    public Optional<String> labelled(String label) {
        return Optional.ofNullable(labels.get(label));
    }

    public Set<String> labels() {
        return Set.copyOf(labels.keySet());
    }

    /** Revisions that nothing revises, in order. */
    public SequencedSet<String> heads() {
        return headsOf(inOrder.keySet());
    }

    /** Members of a set that no other member revises, in graph order. */
    public SequencedSet<String> headsOf(Set<String> members) {
        var heads = new LinkedHashSet<String>();
        for (var id : inOrder.keySet()) {
            if (members.contains(id) && childrenOf(id).stream().noneMatch(members::contains)) {
                heads.add(id);
            }
        }
        return heads;
    }

    /** The direct children of a revision. */
    public List<String> childrenOf(String id) {
        return List.copyOf(children.getOrDefault(id, List.of()));
    }

    /** These revisions and everything that must be applied before them. */
    public Set<String> closure(Collection<String> ids) {
        return walk(ids, id -> get(id).requires());
    }

    /** These revisions and everything that needs them. */
    public Set<String> descendants(Collection<String> ids) {
        return walk(ids, id -> dependants.getOrDefault(id, List.of()));
    }

    /** The revisions of a branch: the labelled one, its ancestors by lineage and descendants. */
    public Set<String> branch(String labelled) {
        var members = walk(List.of(labelled), id -> get(id).revises());
        members.addAll(walk(List.of(labelled), this::childrenOf));
        return members;
    }

    private interface Neighbours {
        List<String> of(String id);
    }

    private static Set<String> walk(Collection<String> from, Neighbours neighbours) {
        var seen = new LinkedHashSet<String>(from);
        var queue = new ArrayDeque<String>(seen);
        while (!queue.isEmpty()) {
            for (var next : neighbours.of(queue.remove())) {
                if (seen.add(next)) {
                    queue.add(next);
                }
            }
        }
        return seen;
    }

    /** Sorts some ids parents first. */
    public List<String> sorted(Set<String> ids) {
        return inOrder.keySet().stream().filter(ids::contains).toList();
    }
}
