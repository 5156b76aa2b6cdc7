// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.revision;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Finds what a {@link Target} means in a graph, for a database that is at some heads. */
public final class Resolver {
    private static final int NEAR = 3;

    private final RevisionGraph graph;
    private final Set<String> current;

    /**
     * @param current the heads of the database; empty for a new one or where there is none
     */
    public Resolver(RevisionGraph graph, Set<String> current) {
        this.graph = graph;
        this.current = Set.copyOf(current);
    }

    /**
     * The revisions a target stands for; empty for {@code base}.
     *
     * @throws RevisionError if it is unknown or ambiguous
     */
    public Set<String> resolve(String text) {
        return resolve(Target.parse(text));
    }

    /** See {@link #resolve(String)}. */
    public Set<String> resolve(Target target) {
        return target.steps() == 0
                ? symbol(target)
                : new RelativeSteps(graph, current, this, target).end();
    }

    Set<String> symbol(Target target) {
        var symbol = target.symbol() == null ? "head" : target.symbol();
        return switch (symbol) {
            case "base" -> target.branch() == null ? Set.of() : baseOf(target.branch());
            case "heads" -> headsOf(target.branch());
            case "head" -> single(target, headsOf(target.branch()));
            case "current" -> current;
            default -> Set.of(named(target.text(), symbol));
        };
    }

    private Set<String> baseOf(String label) {
        // what is left when the labelled branch is taken back: the parents of where it starts
        return Set.copyOf(graph.get(named(label + "@base", label)).revises());
    }

    private Set<String> headsOf(@Nullable String label) {
        if (label == null) {
            return graph.heads();
        }
        // By lineage: what only depends on the branch is no part of it.
        var branch = graph.branch(named(label + "@head", label));
        var heads = new LinkedHashSet<>(graph.heads());
        heads.retainAll(branch);
        return heads;
    }

    private static Set<String> single(Target target, Set<String> heads) {
        if (heads.size() > 1) {
            throw RevisionError.severalHeads(target.text(), List.copyOf(heads));
        }
        return heads;
    }

    String named(String text, String symbol) {
        if (graph.contains(symbol)) {
            return symbol;
        }
        var labelled = graph.labelled(symbol);
        return labelled.orElseGet(() -> byPrefix(text, symbol));
    }

    private String byPrefix(String text, String prefix) {
        var candidates =
                graph.inOrder().stream()
                        .map(Revision::id)
                        .filter(id -> id.startsWith(prefix))
                        .toList();
        return switch (candidates.size()) {
            case 0 -> throw RevisionError.unknown(text, nearest(prefix));
            case 1 -> candidates.getFirst();
            default -> throw RevisionError.ambiguousPrefix(text, candidates);
        };
    }

    private List<String> nearest(String text) {
        var names =
                Stream.concat(graph.inOrder().stream().map(Revision::id), graph.labels().stream());
        return names.filter(name -> EditDistance.between(name, text) <= NEAR)
                .sorted(Comparator.comparingInt(name -> EditDistance.between(name, text)))
                .limit(NEAR)
                .toList();
    }
}
