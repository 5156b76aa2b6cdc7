// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.rollout;

import dev.skein.engine.SkeinException;
import dev.skein.engine.plan.Planner;
import dev.skein.engine.plan.UnknownHeads;
import dev.skein.engine.revision.RevisionGraph;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How databases are taken back. Of a fleet most are at the same heads and came the same way, so it
 * is found once for all of them. Pure.
 */
final class WaysBack {
    /** So many ways are remembered. */
    private static final int REMEMBERED = 10_000;

    private final RevisionGraph graph;
    private final RehearsedWays ways;
    private final Map<Start, Way> found = new HashMap<>();

    private record Start(List<String> heads, List<String> path) {}

    /** How those are taken back that stand alike. */
    sealed interface Way {}

    /**
     * By these downgrades, as far as there are any.
     *
     * @param steps the revisions, those first that are taken back first
     * @param against those among them against which something is known
     * @param oneWay those that have no way back
     */
    record Path(List<String> steps, List<String> against, List<String> oneWay) implements Way {}

    /** Not by downgrades, and why. */
    record None(String obstacle) implements Way {}

    WaysBack(RevisionGraph graph, RehearsedWays ways) {
        this.graph = graph;
        this.ways = ways;
    }

    /**
     * How it is where databases are at some heads.
     *
     * @param path the revisions that are to be taken back
     */
    Way from(List<String> heads, List<String> path) {
        if (found.size() > REMEMBERED) {
            found.clear();
        }
        return found.computeIfAbsent(new Start(heads, path), this::find);
    }

    private Way find(Start start) {
        try {
            var steps = new Planner(graph, start.heads()).takeBack(start.path()).path();
            return new Path(
                    steps,
                    steps.stream().filter(id -> !ways.isGood(id)).toList(),
                    steps.stream().filter(id -> !ways.exists(id)).toList());
        } catch (UnknownHeads e) {
            return new None(e.found());
        } catch (SkeinException e) {
            return new None(e.subject() + ": " + e.found());
        }
    }
}
