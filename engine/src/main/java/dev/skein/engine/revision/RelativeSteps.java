// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.revision;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Counts the steps of a relative target. */
final class RelativeSteps {
    private final RevisionGraph graph;
    private final Set<String> current;
    private final Resolver resolver;
    private final Target target;

    /**
     * @param current the heads of the database
     * @param resolver for what it is counted from
     */
    RelativeSteps(RevisionGraph graph, Set<String> current, Resolver resolver, Target target) {
        this.graph = graph;
        this.current = current;
        this.resolver = resolver;
        this.target = target;
    }

    /** Where they lead. */
    Set<String> end() {
        return target.steps() > 0 ? Set.of(up(start())) : down(start());
    }

    /** Where a relative target starts to count: one revision, or none for the empty database. */
    private @Nullable String start() {
        if (target.branch() != null && "base".equals(target.symbol())) {
            throw RevisionError.noSuchStep(
                    target.text(), "nothing is counted from where a branch begins", List.of());
        }
        var from = starts();
        if (from.size() > 1) {
            throw RevisionError.noSuchStep(
                    target.text(),
                    "the database has several heads to count from: "
                            + String.join(", ", graph.sorted(Set.copyOf(from))),
                    from.stream().map(id -> labelOf(id) + "@" + sign()).toList());
        }
        return from.isEmpty() ? null : from.iterator().next();
    }

    private Set<String> starts() {
        if (!target.isRelativeToCurrent()) {
            return resolver.symbol(new Target(target.text(), target.branch(), target.symbol(), 0));
        }
        if (target.branch() == null) {
            return current;
        }
        var branch = new HashSet<>(graph.branch(resolver.named(target.text(), target.branch())));
        branch.retainAll(target.steps() > 0 ? graph.closure(current) : current);
        return graph.headsOf(branch); // up, where it left the others if none of it is applied
    }

    private String labelOf(String id) {
        return graph.labels().stream()
                .filter(label -> graph.branch(resolver.named(label, label)).contains(id))
                .min(Comparator.naturalOrder())
                .orElse(id);
    }

    private String sign() {
        return target.steps() > 0 ? "+" + target.steps() : String.valueOf(target.steps());
    }

    private String up(@Nullable String start) {
        var at = start;
        for (int i = 0; i < target.steps(); i++) {
            var next = at == null ? bases() : inBranch(graph.childrenOf(at));
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
        return Objects.requireNonNull(at);
    }

    private List<String> bases() {
        return inBranch(
                graph.inOrder().stream()
                        .filter(r -> r.revises().isEmpty())
                        .map(Revision::id)
                        .toList());
    }

    private List<String> inBranch(List<String> ids) {
        if (target.branch() == null) {
            return ids;
        }
        var branch = graph.branch(resolver.named(target.text(), target.branch()));
        return ids.stream().filter(branch::contains).toList();
    }

    private Set<String> down(@Nullable String start) {
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
