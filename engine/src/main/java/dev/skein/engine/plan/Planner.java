// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.plan;

import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.Resolver;
import dev.skein.engine.revision.RevisionGraph;
import dev.skein.engine.revision.Target;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Finds the steps from a database's heads to a target. Pure: graph and heads in, plan out. */
public final class Planner {
    private final RevisionGraph graph;
    private final Set<String> heads;
    private final Resolver resolver;

    /**
     * @param heads where the database is
     * @throws UnknownHeads if the graph lacks one of them
     */
    public Planner(RevisionGraph graph, Collection<String> heads) {
        var unknown = heads.stream().filter(id -> !graph.contains(id)).sorted().toList();
        if (!unknown.isEmpty()) {
            throw new UnknownHeads(unknown);
        }
        this.graph = graph;
        this.heads = Set.copyOf(heads);
        this.resolver = new Resolver(graph, this.heads);
    }

    /** The way up to a target: everything it needs that is not applied. */
    public Plan upgrade(String text) {
        var target = Target.parse(text);
        refuseCounting(target, target.steps() < 0, "down", "skein downgrade " + text);
        var goal = target.isBaseOfBranch() ? Set.<String>of() : resolver.resolve(target);
        var missing = new HashSet<>(graph.closure(goal));
        missing.removeAll(graph.closure(heads));
        var at = new TreeSet<>(heads);
        var steps = new ArrayList<Step>();
        for (var id : graph.sorted(missing)) {
            var before = List.copyOf(at);
            graph.get(id).revises().forEach(at::remove);
            at.add(id);
            steps.add(new Step(Direction.UP, id, before, List.copyOf(at)));
        }
        return new Plan(List.copyOf(new TreeSet<>(heads)), List.copyOf(at), steps);
    }

    /** The way down to a target: everything above it that is applied, children first. */
    public Plan downgrade(String target) {
        return down(new DowngradeScope(graph, heads, resolver).above(Target.parse(target)));
    }

    /**
     * The way back over certain revisions, as far as they are applied, children first.
     *
     * @throws SkeinException where a revision that is to stay was built on one of them
     */
    public Plan takeBack(Collection<String> ids) {
        var applied = graph.closure(heads);
        var going = new HashSet<>(ids);
        going.retainAll(applied);
        var above = new TreeSet<>(graph.descendants(going));
        above.retainAll(applied);
        above.removeAll(going);
        if (!above.isEmpty()) {
            throw SkeinException.failed(
                    "Revision " + String.join(", ", above),
                    "it was built on what is to be taken back",
                    "Take it back first");
        }
        return down(going);
    }

    private Plan down(Set<String> going) {
        var applied = new HashSet<>(graph.closure(heads));
        var surplus = new HashSet<>(going);
        surplus.retainAll(applied);
        var at = new TreeSet<>(heads);
        var steps = new ArrayList<Step>();
        for (var id : graph.sorted(surplus).reversed()) {
            var before = List.copyOf(at);
            applied.remove(id);
            at.remove(id);
            graph.get(id).requires().stream().filter(p -> isHead(p, applied)).forEach(at::add);
            steps.add(new Step(Direction.DOWN, id, before, List.copyOf(at)));
        }
        return new Plan(List.copyOf(new TreeSet<>(heads)), List.copyOf(at), steps);
    }

    /** Who counts the other way from where the database is meant the other command. */
    static void refuseCounting(Target target, boolean wrong, String direction, String remedy) {
        if (target.isRelativeToCurrent() && wrong) {
            throw SkeinException.usage(
                    "Target '" + target.text() + "'",
                    "it counts " + direction + " from where the database is",
                    "Did you mean: " + remedy);
        }
    }

    /** The heads that a stamp with these targets leaves: those that an upgrade to them would. */
    public List<String> stamp(Collection<String> targets) {
        var all = new HashSet<String>();
        targets.forEach(target -> all.addAll(resolver.resolve(target)));
        return List.copyOf(new TreeSet<>(graph.headsOf(graph.closure(all))));
    }

    private boolean isHead(String id, Set<String> applied) {
        return graph.childrenOf(id).stream().noneMatch(applied::contains);
    }
}
