// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.revision;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
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
        if (target.steps() > 0) {
            return Set.of(up(target, start(target)));
        }
        if (target.steps() < 0) {
            return down(target, start(target));
        }
        return symbol(target);
    }

    private Set<String> symbol(Target target) {
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

    private String named(String text, String symbol) {
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

    /** Where a relative target starts to count: one revision, or none for the empty database. */
    private @Nullable String start(Target target) {
        if (target.branch() != null && "base".equals(target.symbol())) {
            throw RevisionError.noSuchStep(
                    target.text(), "nothing is counted from where a branch begins", List.of());
        }
        Collection<String> from = current;
        if (!target.isRelativeToCurrent()) {
            from = symbol(new Target(target.text(), target.branch(), target.symbol(), 0));
        } else if (target.branch() != null) {
            var branch = new HashSet<>(graph.branch(named(target.text(), target.branch())));
            branch.retainAll(target.steps() > 0 ? graph.closure(current) : current);
            from = graph.headsOf(branch); // up, where it left the others if none of it is applied
        }
        if (from.size() > 1) {
            throw RevisionError.noSuchStep(
                    target.text(),
                    "the database has several heads to count from: "
                            + String.join(", ", graph.sorted(Set.copyOf(from))),
                    from.stream().map(id -> labelOf(id) + "@" + sign(target)).toList());
        }
        return from.isEmpty() ? null : from.iterator().next();
    }

    private String labelOf(String id) {
        return graph.labels().stream()
                .filter(label -> graph.branch(named(label, label)).contains(id))
                .min(Comparator.naturalOrder())
                .orElse(id);
    }

    private static String sign(Target target) {
        return target.steps() > 0 ? "+" + target.steps() : String.valueOf(target.steps());
    }

    private String up(Target target, @Nullable String start) {
        var at = start;
        for (int i = 0; i < target.steps(); i++) {
            var next = at == null ? bases(target) : inBranch(target, graph.childrenOf(at));
            if (next.isEmpty()) {
                throw RevisionError.noSuchStep(
                        target.text(), "there are only " + i + " revisions above", List.of());
            }
            if (next.size() > 1) {
                throw RevisionError.noSuchStep(
                        target.text(), "the way up branches after " + at, next);
            }
            at = next.getFirst();
        }
        return java.util.Objects.requireNonNull(at);
    }

    private List<String> bases(Target target) {
        return inBranch(
                target,
                graph.inOrder().stream()
                        .filter(r -> r.revises().isEmpty())
                        .map(Revision::id)
                        .toList());
    }

    private List<String> inBranch(Target target, List<String> ids) {
        if (target.branch() == null) {
            return ids;
        }
        var branch = graph.branch(named(target.text(), target.branch()));
        return ids.stream().filter(branch::contains).toList();
    }

    private Set<String> down(Target target, @Nullable String start) {
        Set<String> at = start == null ? Set.of() : Set.of(start);
        for (int i = 0; i < -target.steps(); i++) {
            if (at.isEmpty()) {
                throw RevisionError.noSuchStep(
                        target.text(), "there are only " + i + " revisions below", List.of());
            }
            if (at.size() > 1) {
                throw RevisionError.noSuchStep(
                        target.text(), "the way down branches at a merge", graph.sorted(at));
            }
            at = Set.copyOf(graph.get(at.iterator().next()).revises());
        }
        return at;
    }
}
