// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.local;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code skein current}. */
@Command(name = "current", description = "Show where a database is.")
public final class CurrentCommand extends DatabaseCommand {
    @Option(names = "--check-heads", description = "Exit with 3 unless it is at all heads.")
    private boolean checkHeads;

    @Option(
            names = {"-v", "--verbose"},
            description = "Show since when, and who brought it there.")
    private boolean verbose;

    /** The result in JSON. */
    record Result(List<String> heads, long entries, @Nullable String fingerprint) {}

    private int checkHeads(List<String> heads) {
        var graph = scripts().graph();
        var known = heads.stream().filter(graph::contains).toList();
        var isThere =
                known.size() == heads.size()
                        && graph.closure(known).equals(graph.closure(graph.heads()));
        if (!isThere) {
            out().say("The heads are " + names(List.copyOf(graph.heads())));
        }
        return isThere ? 0 : ErrorCode.BEHIND.exitCode();
    }

    private void tellBatch(Optional<BatchProgress> batch) {
        batch.ifPresent(b ->
                out().say(
                                "In progress: the batched %s of %s, %,d rows done, at %s of %s"
                                        .formatted(
                                                b.up() ? "upgrade" : "downgrade",
                                                b.revision(),
                                                b.rows(),
                                                b.done(),
                                                b.high())));
    }

    @Override
    public Integer call() {
        var place = one();
        try (var client = Client.take();
                var session = open(client, place)) {
            var state = read(session, place);
            if (state.isPresent()) {
                tellBatch(BatchProgress.read(session, place.scope().schema()));
            }
            var heads = state.map(JournalState::heads).orElse(List.of());
            if (isJson()) {
                long entries = state.map(JournalState::seq).orElse(0L);
                out().json(
                                new Result(
                                        heads,
                                        entries,
                                        state.map(JournalState::fingerprint).orElse(null)));
            } else if (heads.isEmpty()) {
                out().say("base" + (state.isEmpty() ? " (no journal yet)" : ""));
            } else {
                var history =
                        verbose
                                ? new Journal(session, place.scope().schema()).envelopes()
                                : List.<Envelope>of();
                for (var head : heads) {
                    out().result(head);
                    if (verbose) {
                        out().result(Verbose.since(head, history));
                    }
                }
            }
            return checkHeads ? checkHeads(heads) : 0;
        }
    }
}
