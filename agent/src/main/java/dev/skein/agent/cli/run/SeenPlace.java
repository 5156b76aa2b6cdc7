// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.agent.cli.place.DatabasePlace;
import dev.skein.agent.cli.place.PlaceSession;
import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.revision.RevisionGraph;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where one database is seen to be.
 *
 * @param journal whether it has one
 * @param history what its journal says, where somebody wants to know
 * @param batch a batched revision that is in progress
 */
record SeenPlace(
        Result result, boolean journal, List<Envelope> history, Optional<BatchProgress> batch) {
    /**
     * What is printed as JSON.
     *
     * @param behind how many revisions are not applied; null where that is not known
     */
    record Result(
            String database,
            List<String> heads,
            @Nullable Integer behind,
            long entries,
            @Nullable String fingerprint) {
        static Result of(
                String database, Optional<JournalState> state, @Nullable RevisionGraph graph) {
            var heads = state.map(JournalState::heads).orElse(List.of());
            return new Result(
                    database,
                    heads,
                    missing(heads, graph),
                    state.map(JournalState::seq).orElse(0L),
                    state.map(JournalState::fingerprint).orElse(null));
        }
    }

    /** Looks there. */
    static SeenPlace look(
            PgClient client, DatabasePlace place, @Nullable RevisionGraph graph, boolean verbose) {
        try (var session = PlaceSession.open(client, place)) {
            var state = PlaceSession.read(session, place);
            var result = Result.of(place.name(), state, graph);
            if (state.isEmpty()) {
                return new SeenPlace(result, false, List.of(), Optional.empty());
            }
            var schema = place.scope().schema();
            var history = verbose ? new Journal(session, schema).envelopes() : List.<Envelope>of();
            return new SeenPlace(result, true, history, BatchProgress.read(session, schema));
        }
    }

    /** How many revisions are not applied; null where that is not known. */
    private static @Nullable Integer missing(List<String> heads, @Nullable RevisionGraph graph) {
        if (graph == null || !heads.stream().allMatch(graph::contains)) {
            return null;
        }
        var missing = new HashSet<>(graph.closure(graph.heads()));
        missing.removeAll(graph.closure(heads));
        return missing.size();
    }

    /** What is said where it is at its base. */
    String baseInWords() {
        var behind = result.behind();
        var marks = new ArrayList<String>();
        if (!journal) {
            marks.add("no journal yet");
        }
        if (behind != null && behind > 0) {
            marks.add(behind + " behind");
        }
        return "base" + (marks.isEmpty() ? "" : " (" + String.join(", ", marks) + ")");
    }
}
