// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.common.BaseCommand;
import dev.skein.agent.cli.common.CliWords;
import dev.skein.agent.cli.place.CommandClient;
import dev.skein.agent.cli.place.DatabaseOptions;
import dev.skein.agent.cli.place.DatabasePlace;
import dev.skein.agent.cli.place.PlaceSession;
import dev.skein.agent.cli.place.PlaceVisits;
import dev.skein.agent.cli.place.VerboseDetails;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.revision.RevisionGraph;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
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

    /** Where one database is; in JSON. */
    record Result(
            String database,
            List<String> heads,
            @Nullable Integer behind,
            long entries,
            @Nullable String fingerprint) {}

    /** What is said of one besides. */
    private record Seen(
            Result result,
            boolean journal,
            List<Envelope> history,
            Optional<BatchProgress> batch) {}

    @Override
    public Integer call() {
        var graph = graph();
        var seen = new ArrayList<Seen>();
        var visits = new PlaceVisits(out());
        try (var client = CommandClient.take()) {
            visits.visitAll(
                    databases.places(client), place -> seen.add(look(client, place, graph)));
        }
        if (isJson()) {
            var results = seen.stream().map(Seen::result).toList();
            out().json(results.size() == 1 && !visits.isAnyFailed() ? results.getFirst() : results);
        } else {
            seen.forEach(one -> print(one, graph, seen.size() > 1 || visits.isAnyFailed()));
        }
        if (visits.isAnyFailed()) {
            return ErrorCode.FAILED.exitCode();
        }
        return checkHeads ? checkHeads(seen) : 0;
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

    private Seen look(PgClient client, DatabasePlace place, @Nullable RevisionGraph graph) {
        try (var session = PlaceSession.open(client, place)) {
            var state = PlaceSession.read(session, place);
            var heads = state.map(JournalState::heads).orElse(List.of());
            var schema = place.scope().schema();
            return new Seen(
                    new Result(
                            place.name(),
                            heads,
                            behind(heads, graph),
                            state.map(JournalState::seq).orElse(0L),
                            state.map(JournalState::fingerprint).orElse(null)),
                    state.isPresent(),
                    verbose && state.isPresent()
                            ? new Journal(session, schema).envelopes()
                            : List.of(),
                    state.isPresent() ? BatchProgress.read(session, schema) : Optional.empty());
        }
    }

    /** How many revisions are not applied; null where that is not known. */
    private static @Nullable Integer behind(List<String> heads, @Nullable RevisionGraph graph) {
        if (graph == null || !heads.stream().allMatch(graph::contains)) {
            return null;
        }
        var missing = new HashSet<>(graph.closure(graph.heads()));
        missing.removeAll(graph.closure(heads));
        return missing.size();
    }

    private void print(Seen seen, @Nullable RevisionGraph graph, boolean several) {
        var result = seen.result();
        var name = several ? result.database() + ": " : "";
        seen.batch().ifPresent(this::tell);
        if (result.heads().isEmpty()) {
            var behind = result.behind();
            var marks = new ArrayList<String>();
            if (!seen.journal()) {
                marks.add("no journal yet");
            }
            if (behind != null && behind > 0) {
                marks.add(behind + " behind");
            }
            var tail = marks.isEmpty() ? "" : " (" + String.join(", ", marks) + ")";
            var line = name + "base" + tail;
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

    private static String mark(String head, Result result, @Nullable RevisionGraph graph) {
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

    private int checkHeads(List<Seen> seen) {
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
