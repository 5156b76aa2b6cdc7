// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.check;

import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgSession;
import dev.skein.faults.work.TenantName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a tenant tells.
 *
 * @param written when each entry was written, by the database's clock
 */
record TenantJournal(
        TenantName tenant,
        JournalState state,
        List<Entry> entries,
        List<Envelope> says,
        List<Instant> written) {
    private static final int PAGE = 1000;

    /** Reads it; nothing where there is none. */
    static Optional<TenantJournal> read(TenantName tenant, PgSession session) {
        var journal = new Journal(session, "");
        var state = journal.exists() ? journal.read() : Optional.<JournalState>empty();
        if (state.isEmpty()) {
            return Optional.empty();
        }
        var entries = new ArrayList<Entry>();
        var page = journal.after(0, PAGE);
        while (!page.isEmpty()) {
            entries.addAll(page);
            page = journal.after(entries.getLast().seq(), PAGE);
        }
        var says = entries.stream().map(entry -> Envelope.parse(entry.envelope())).toList();
        return Optional.of(new TenantJournal(tenant, state.get(), entries, says, written(session)));
    }

    private static List<Instant> written(PgSession session) {
        var written = new ArrayList<Instant>();
        session.query("SELECT at FROM skein.entry WHERE target = '' ORDER BY seq")
                .forEach(row -> written.add(row.getOffsetDateTime(0).toInstant()));
        return written;
    }

    /** How many entries of a kind there are of a revision. */
    long count(EntryKind kind, String revision) {
        return says.stream()
                .filter(one -> one.kind() == kind && revision.equals(one.revision()))
                .count();
    }

    /** Whether it has a revision: they are one line, in the order of their names. */
    boolean has(String revision) {
        return state.heads().stream().anyMatch(head -> head.compareTo(revision) >= 0);
    }
}
