// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.graph;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.place.ProjectOptions;
import dev.skein.agent.cli.place.VerboseDetails;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.script.Scripts;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein heads}. */
@Command(name = "heads", description = "Show the heads of the revisions folder.")
public final class HeadsCommand extends BaseCommand {
    @Mixin private final ProjectOptions project = new ProjectOptions();

    @Option(
            names = {"-v", "--verbose"},
            description = "Show parents, times and files.")
    private boolean verbose;

    @Override
    public Integer call() {
        var scripts = project.scripts();
        var graph = scripts.graph();
        EmptyFolder.sayWhether(graph, out());
        var heads = graph.heads().stream().map(graph::get).toList();
        if (isJson()) {
            out().json(heads);
        } else {
            heads.forEach(head -> print(head, scripts));
        }
        return 0;
    }

    private void print(Revision head, Scripts scripts) {
        var labels = head.labels().isEmpty() ? "" : " (" + String.join(", ", head.labels()) + ")";
        out().result(head.id() + labels + " " + head.message());
        if (verbose) {
            VerboseDetails.lines(scripts.get(head.id())).forEach(out()::result);
        }
    }
}
