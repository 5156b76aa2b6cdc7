// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.graph;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.place.DatabaseOptions;
import dev.skein.agent.cli.place.VerboseDetails;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.script.Scripts;
import java.util.ArrayList;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein history}. */
@Command(
        name = "history",
        description = "List the revisions, newest first.",
        footer = {"", "  skein history --graph", "  skein history -i -r -2:"})
public final class HistoryCommand extends BaseCommand {
    @Mixin private final DatabaseOptions databases = new DatabaseOptions();

    @Option(
            names = {"-r", "--range"},
            paramLabel = "A:B",
            description = "From A (exclusive of what is below it) to B; either may be left out.")
    private @Nullable String range;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show times, parents, files and checksums.")
    private boolean verbose;

    @Option(
            names = {"-i", "--indicate-current"},
            description = "Mark where the database is.")
    private boolean indicate;

    @Option(names = "--graph", description = "Draw the lines of descent.")
    private boolean graphical;

    @Override
    public Integer call() {
        var scripts = databases.project().scripts();
        var graph = scripts.graph();
        EmptyFolder.sayWhether(graph, out());
        var needsDatabase = indicate || (range != null && usesCurrent(range));
        Set<String> current = needsDatabase ? databases.currentHeads() : Set.of();
        var ids = graph.sorted(RangeMembers.of(range, graph, current)).reversed();
        var shown = ids.stream().map(graph::get).toList();
        if (isJson()) {
            out().json(shown);
        } else if (graphical) {
            GraphDrawing.draw(shown, r -> label(r, graph.heads().contains(r.id()), current))
                    .forEach(out()::result);
        } else {
            shown.forEach(revision -> print(revision, scripts, current));
        }
        return 0;
    }

    private void print(Revision revision, Scripts scripts, Set<String> current) {
        var isHead = scripts.graph().heads().contains(revision.id());
        out().result(line(revision, isHead, current));
        if (verbose) {
            VerboseDetails.lines(scripts.get(revision.id())).forEach(out()::result);
        }
    }

    private static boolean usesCurrent(String range) {
        return range.contains("current") || range.matches("^[+-].*|.*:[+-].*");
    }

    private static String line(Revision revision, boolean head, Set<String> current) {
        var parents = revision.revises().isEmpty() ? "base" : String.join(", ", revision.revises());
        return parents + " -> " + label(revision, head, current);
    }

    private static String label(Revision revision, boolean head, Set<String> current) {
        var marks = new ArrayList<String>(revision.labels());
        if (head) {
            marks.add("head");
        }
        if (revision.isMerge()) {
            marks.add("mergepoint");
        }
        if (current.contains(revision.id())) {
            marks.add("current");
        }
        var tail = marks.isEmpty() ? "" : " (" + String.join(", ", marks) + ")";
        var message = revision.message().isEmpty() ? "" : ", " + revision.message();
        return revision.id() + tail + message;
    }
}
