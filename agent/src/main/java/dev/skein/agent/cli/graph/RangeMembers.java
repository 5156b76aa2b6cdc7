// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.graph;

import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.Resolver;
import dev.skein.engine.revision.RevisionGraph;
import dev.skein.engine.revision.Target;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The revisions of a range. */
public final class RangeMembers {
    private RangeMembers() {}

    /**
     * The revisions that a command's argument names.
     *
     * @param argument a target or a range; null for the heads
     */
    public static Set<String> named(@Nullable String argument, RevisionGraph graph) {
        if (argument == null) {
            return graph.heads();
        }
        return argument.contains(":")
                ? of(argument, graph, Set.of())
                : new Resolver(graph, Set.of()).resolve(argument);
    }

    /**
     * The revisions of a range {@code A:B}, both included; either may be left out.
     *
     * @param range null for all
     */
    static Set<String> of(@Nullable String range, RevisionGraph graph, Set<String> current) {
        if (range == null) {
            return graph.closure(graph.heads());
        }
        int colon = range.indexOf(':');
        if (colon < 0) {
            throw SkeinException.usage(
                    "Range '" + range + "'", "it has no ':'", "Write A:B, A: or :B");
        }
        var resolver = new Resolver(graph, current);
        var from = range.substring(0, colon);
        var to = range.substring(colon + 1);
        var upper = to.isEmpty() ? graph.heads() : resolver.resolve(to);
        var members = new HashSet<>(graph.closure(upper));
        if (!from.isEmpty()) {
            between(range, Target.parse(from), resolver, graph, members);
        }
        return members;
    }

    /** Keeps what is above the lower end, which itself stays. */
    private static void between(
            String range,
            Target from,
            Resolver resolver,
            RevisionGraph graph,
            Set<String> members) {
        var lower = resolver.resolve(from);
        if (!lower.isEmpty()) {
            members.retainAll(graph.descendants(lower));
        }
        if (from.isBaseOfBranch()) {
            var label = java.util.Objects.requireNonNull(from.branch());
            members.retainAll(graph.branch(resolver.resolve(label).iterator().next()));
        }
        if (members.isEmpty()) {
            throw SkeinException.usage(
                    "Range '" + range + "'",
                    "no way leads up from the one to the other",
                    "Write the lower one first; or A: for all that is above A");
        }
    }
}
