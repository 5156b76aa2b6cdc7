// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The entries of a database. */
public final class SimulatedJournal {
    private final String uid;
    private final List<Written> entries = new ArrayList<>();

    /** An entry, with the time at which it was committed, and who was let in then. */
    public record Written(Envelope says, long at, long epoch) {}

    SimulatedJournal(String uid) {
        this.uid = uid;
    }

    List<Written> entries() {
        return List.copyOf(entries);
    }

    int size() {
        return entries.size();
    }

    /** Appends what a session did at a time. */
    void append(
            SimulatedSession session,
            long at,
            EntryKind kind,
            @Nullable String revision,
            List<String> after,
            @Nullable String rollout,
            String actor) {
        var says = envelope(kind, revision, after, rollout, session.generation(), actor);
        entries.add(new Written(says, at, session.fenced()));
    }

    private Envelope envelope(
            EntryKind kind,
            @Nullable String revision,
            List<String> after,
            @Nullable String rollout,
            @Nullable Long generation,
            String actor) {
        return new Envelope(
                Envelope.VERSION,
                uid,
                "1",
                entries.size() + 1L,
                kind,
                after,
                actor,
                "2026-03-01T00:00:00Z",
                "",
                revision,
                null,
                rollout,
                generation,
                null,
                null,
                null,
                null,
                kind == EntryKind.FAILED ? "42601" : null,
                kind == EntryKind.FAILED ? "42601 " + revision : null);
    }
}
