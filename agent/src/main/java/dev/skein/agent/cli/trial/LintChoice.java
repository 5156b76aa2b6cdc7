// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.trial;

import dev.skein.agent.cli.graph.RangeMembers;
import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.Resolver;
import dev.skein.engine.revision.RevisionGraph;
import dev.skein.engine.script.RevisionFolder;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which revisions are judged; chosen in one way. */
final class LintChoice {
    @Parameters(
            arity = "0..1",
            paramLabel = "REVISION|A:B",
            description = "A revision, or a range (default: the heads).")
    private @Nullable String which;

    @Option(names = "--all", description = "The whole history.")
    private boolean all;

    @Option(names = "--since", paramLabel = "REVISION", description = "What comes after this one.")
    private @Nullable String since;

    @Option(
            names = "--git",
            paramLabel = "REF",
            description = "The files that are new or changed since this commit or branch.")
    private @Nullable String git;

    /** The revisions that are meant. */
    Set<String> ids(RevisionGraph graph, RevisionFolder folder) {
        refuseSeveral();
        if (all) {
            return graph.closure(graph.heads());
        }
        if (git != null) {
            return new GitChanges(folder).since(git);
        }
        return since == null ? RangeMembers.named(which, graph) : after(since, graph);
    }

    private static Set<String> after(String since, RevisionGraph graph) {
        var old = graph.closure(new Resolver(graph, Set.of()).resolve(since));
        var members = new HashSet<>(graph.closure(graph.heads()));
        members.removeAll(old);
        return members;
    }

    /** Whether any are named. */
    boolean isMade() {
        return ways() > 0;
    }

    private void refuseSeveral() {
        if (ways() > 1) {
            throw SkeinException.usage(
                    "Revisions", "they are chosen in " + ways() + " ways", "Choose in one way");
        }
    }

    private long ways() {
        return Stream.of(all, which != null, since != null, git != null)
                .filter(isGiven -> isGiven)
                .count();
    }
}
