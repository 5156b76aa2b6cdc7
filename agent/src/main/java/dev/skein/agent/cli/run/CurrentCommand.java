// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.place.CommandClient;
import dev.skein.agent.cli.place.DatabaseOptions;
import dev.skein.agent.cli.place.PlaceVisits;
import dev.skein.agent.cli.place.VerboseDetails;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.revision.RevisionGraph;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code skein current}. */
@Command(
        name = "current",
        description = "Show where databases are, and how far behind.",
        footer = {"", "  skein current --all", "  skein current --check-heads --json"})
public final class CurrentCommand extends BaseCommand {
    @Mixin private final DatabaseOptions databases = new DatabaseOptions();

    @Option(names = "--check-heads", description = "Exit with 3 unless it is at all heads.")
    private boolean checkHeads;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show since when, and who brought it there.")
    private boolean verbose;

    @Override
    public Integer call() {
        var graph = graph();
        var seen = new ArrayList<SeenPlace>();
        var visits = new PlaceVisits(out());
        try (var client = CommandClient.take()) {
            visits.visitAll(
                    databases.places(client),
                    place -> seen.add(SeenPlace.look(client, place, graph, verbose)));
        }
        show(seen, graph, visits.isAnyFailed());
        if (visits.isAnyFailed()) {
            return ErrorCode.FAILED.exitCode();
        }
        return checkHeads ? checkHeads(seen) : 0;
    }

    private void show(List<SeenPlace> seen, @Nullable RevisionGraph graph, boolean anyFailed) {
        if (isJson()) {
            var results = seen.stream().map(SeenPlace::result).toList();
            out().json(results.size() == 1 && !anyFailed ? results.getFirst() : results);
        } else {
            seen.forEach(one -> print(one, graph, seen.size() > 1 || anyFailed));
        }
    }

    /** What the revisions are; where a database is can be told without them. */
    private @Nullable RevisionGraph graph() {
        try {
            return databases.project().scripts().graph();
        } catch (SkeinException e) {
            if (checkHeads) {
                throw e;
            }
            if (Files.isDirectory(databases.project().folder().path())) {
                out().say("How far it is behind is not known: " + e.getMessage());
            }
            return null;
        }
    }

    private void print(SeenPlace seen, @Nullable RevisionGraph graph, boolean several) {
        var result = seen.result();
        var name = several ? result.database() + ": " : "";
        seen.batch().ifPresent(this::tell);
        if (result.heads().isEmpty()) {
            var line = name + seen.baseInWords();
            if (several) {
                out().result(line);
            } else {
                out().say(line); // a program reads no line for no head
            }
        }
        for (var head : result.heads()) {
            out().result(name + head + mark(head, result, graph));
            if (verbose) {
                out().result(VerboseDetails.since(head, seen.history()));
            }
        }
    }

    private static String mark(
            String head, SeenPlace.Result result, @Nullable RevisionGraph graph) {
        if (graph == null) {
            return "";
        }
        if (!graph.contains(head)) {
            return " (not among the revisions here)";
        }
        return graph.heads().contains(head) ? " (head)" : " (" + result.behind() + " behind)";
    }

    private void tell(BatchProgress b) {
        out().say(
                        "In progress: the batched %s of %s, %,d rows done, at %s of %s"
                                .formatted(
                                        b.up() ? "upgrade" : "downgrade",
                                        b.revision(),
                                        b.rows(),
                                        b.done(),
                                        b.high()));
    }

    private int checkHeads(List<SeenPlace> seen) {
        var isThere =
                seen.stream()
                        .map(one -> one.result().behind())
                        .allMatch(behind -> behind != null && behind == 0);
        if (!isThere) {
            out().say(
                            "The heads are "
                                    + CliWords.heads(
                                            List.copyOf(
                                                    databases
                                                            .project()
                                                            .scripts()
                                                            .graph()
                                                            .heads())));
        }
        return isThere ? 0 : ErrorCode.BEHIND.exitCode();
    }
}
