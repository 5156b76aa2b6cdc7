// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.plan;

import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.Resolver;
import dev.skein.engine.revision.RevisionGraph;
import dev.skein.engine.revision.Target;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;

/** What an order to go down means: everything above a target. */
final class DowngradeScope {
    private final RevisionGraph graph;
    private final Set<String> heads;
    private final Resolver resolver;

    /**
     * @param heads where the database is
     */
    DowngradeScope(RevisionGraph graph, Set<String> heads, Resolver resolver) {
        this.graph = graph;
        this.heads = heads;
        this.resolver = resolver;
    }

    /** The revisions that are above a target; not all of them need be applied. */
    Set<String> above(Target target) {
        Planner.refuseCounting(target, target.steps() > 0, "up", "skein upgrade " + target.text());
        if (target.isRelativeToCurrent()) {
            return counted(target);
        }
        var goal = resolver.resolve(target);
        if (target.isBaseOfBranch()) {
            var members = new HashSet<>(graph.branch(labelled(target)));
            members.removeAll(graph.closure(goal));
            return new HashSet<>(graph.descendants(members));
        }
        if (goal.isEmpty()) {
            return new HashSet<>(graph.closure(heads));
        }
        refuseUnapplied(goal);
        return new HashSet<>(graph.descendants(aboveAll(goal)));
    }

    private Set<String> counted(Target target) {
        var kept = graph.closure(resolver.resolve(target));
        var from = resolver.resolve(new Target(target.text(), target.branch(), "current", 0));
        return removed(branchOf(target, from), kept);
    }

    /** What comes after a goal by lineage; what only depends on it may stay with it. */
    private Set<String> aboveAll(Set<String> goal) {
        var above = new HashSet<String>();
        for (var id : goal) {
            above.addAll(graph.branch(id));
            above.removeAll(lineage(Set.of(id)));
        }
        above.removeAll(graph.closure(goal));
        return above;
    }

    /** Who asks to go down to what is not there is mistaken about where the database is. */
    private void refuseUnapplied(Set<String> goal) {
        var absent = new TreeSet<>(goal);
        absent.removeAll(graph.closure(heads));
        if (!absent.isEmpty()) {
            throw SkeinException.failed(
                    "Revision " + String.join(", ", absent),
                    "it is not applied, so there is no way down to it: the database is at "
                            + (heads.isEmpty() ? "base" : String.join(", ", new TreeSet<>(heads))),
                    "Name one that is applied: skein current; skein history");
        }
    }

    private Set<String> branchOf(Target target, Set<String> from) {
        if (target.branch() == null) {
            return from;
        }
        var branch = graph.branch(labelled(target));
        return new HashSet<>(from.stream().filter(branch::contains).toList());
    }

    private String labelled(Target target) {
        var name = Objects.requireNonNull(target.branch());
        return resolver.resolve(name).iterator().next();
    }

    /** What falls when the way from some revisions down to the kept ones is taken back. */
    private Set<String> removed(Set<String> from, Set<String> kept) {
        var way = new HashSet<>(lineage(from));
        way.removeAll(kept);
        return new HashSet<>(graph.descendants(way));
    }

    private Set<String> lineage(Set<String> from) {
        var seen = new HashSet<String>(from);
        var todo = new ArrayList<String>(from);
        while (!todo.isEmpty()) {
            for (var parent : graph.get(todo.removeLast()).revises()) {
                if (seen.add(parent)) {
                    todo.add(parent);
                }
            }
        }
        return seen;
    }
}
