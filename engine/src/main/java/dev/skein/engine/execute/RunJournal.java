// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.session.RunContext;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.JournalState;
import java.util.List;

/** The journal of one run: where it stands, and what the run adds to it. */
final class RunJournal {
    private final TenantSession contact;
    private final MigrationOrder order;
    private JournalState state;

    RunJournal(RunContext run) {
        this.contact = run.contact();
        this.order = run.order();
        this.state = contact.state();
    }

    JournalState state() {
        return state;
    }

    List<String> heads() {
        return state.heads();
    }

    /** Follows what somebody else has written for this run. */
    void follow(JournalState now) {
        state = now;
    }

    /**
     * Fences out earlier holders.
     *
     * @return whether that was done: no higher generation was accepted before
     */
    boolean fence() {
        var fenced = contact.fence();
        fenced.ifPresent(now -> state = now);
        return fenced.isPresent();
    }

    void append(EntryDraft draft) {
        state = contact.append(state, draft);
    }

    /**
     * The same.
     *
     * @param with statements for the same transaction; may be empty
     */
    void append(EntryDraft draft, String with) {
        state = contact.append(state, draft, with);
    }

    /** Notes the fingerprint of what stands, without an entry. */
    void note(Fingerprint seen) {
        state = contact.journal().note(state, seen.toString());
    }

    /** Its entries; a first revision may have begun without a head to show for it. */
    List<Envelope> history() {
        return state.seq() <= 1 ? List.of() : contact.journal().envelopes();
    }

    /** Where it stands in the database, whoever wrote last. */
    JournalState stored() {
        return contact.journal().read().orElseThrow();
    }

    /** Whether a statement outside a transaction is under way. */
    boolean isUnderWay() {
        return contact.journal().isUnderWay();
    }

    /** How the schema must be. */
    ExpectedSchema expected() {
        return ExpectedSchema.of(contact.session(), contact.target(), state);
    }

    /** Whether an earlier run ended for this generation, so that a redelivery adds nothing. */
    boolean isAnswered() {
        var generation = order.author().generation();
        if (generation == null) {
            return false;
        }
        var entries = contact.journal().after(state.seq() - 1, 1, 0);
        if (entries.isEmpty()) {
            return false;
        }
        var last = Envelope.parse(entries.getLast().envelope());
        var ended = last.kind() == EntryKind.OBSERVED || last.kind() == EntryKind.FAILED;
        return ended && generation.equals(last.generation());
    }
}
