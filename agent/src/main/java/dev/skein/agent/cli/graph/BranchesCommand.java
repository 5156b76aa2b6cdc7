// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.graph;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.place.ProjectOptions;
import dev.skein.agent.cli.place.VerboseDetails;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.revision.RevisionGraph;
import dev.skein.engine.script.Scripts;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein branches}. */
@Command(name = "branches", description = "Show the revisions that several others follow.")
public final class BranchesCommand extends BaseCommand {
    @Mixin private final ProjectOptions project = new ProjectOptions();

    /** A branch point in JSON. */
    record Branch(Revision revision, List<String> children) {}

    @Option(
            names = {"-v", "--verbose"},
            description = "Show parents, times and files.")
    private boolean verbose;

    @Override
    public Integer call() {
        var scripts = project.scripts();
        EmptyFolder.sayWhether(scripts.graph(), out());
        var points = points(scripts.graph());
        if (isJson()) {
            out().json(points);
        } else {
            points.forEach(point -> print(point, scripts));
        }
        return 0;
    }

    private static List<Branch> points(RevisionGraph graph) {
        return graph.inOrder().stream()
                .filter(r -> graph.childrenOf(r.id()).size() > 1)
                .map(r -> new Branch(r, graph.sorted(Set.copyOf(graph.childrenOf(r.id())))))
                .toList();
    }

    private void print(Branch point, Scripts scripts) {
        out().result(point.revision().id() + " (branchpoint) " + point.revision().message());
        if (verbose) {
            VerboseDetails.lines(scripts.get(point.revision().id())).forEach(out()::result);
        }
        for (var child : point.children()) {
            var revision = scripts.graph().get(child);
            var labels =
                    revision.labels().isEmpty()
                            ? ""
                            : " (" + String.join(", ", revision.labels()) + ")";
            out().result("    -> " + child + labels + " " + revision.message());
        }
    }
}
