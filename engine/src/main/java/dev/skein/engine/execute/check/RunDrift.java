// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.check;

import dev.skein.engine.catalog.CatalogQuery;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.catalog.SchemaSight;
import dev.skein.engine.execute.order.AcceptedDrift;
import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.SchemaDrift;
import dev.skein.engine.execute.order.UnacceptedDrift;
import dev.skein.engine.execute.session.RunContext;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.JournalState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the schema against what the journal left, before a run changes anything: what a run leaves
 * is how the schema must be from then on, so a difference must not get into it unseen. Where the
 * journal does not know what was left there is nothing to compare with, and that is an entry.
 */
public final class RunDrift {
    private final TenantSession contact;
    private final @Nullable AcceptedDrift accepted;
    private final Progress progress;

    /**
     * @param run its progress hears of a change that is accepted, and of a schema that is not known
     */
    public RunDrift(RunContext run) {
        this.contact = run.contact();
        this.accepted = run.order().drift();
        this.progress = run.progress();
    }

    /**
     * Refuses a schema that somebody else changed.
     *
     * @return where the journal stands: behind an entry that says so, where there was a change or
     *     nobody can know
     * @throws UnacceptedDrift if there is a change that nobody accepted
     */
    public JournalState compare(JournalState state) {
        return switch (expected(state)) {
            case ExpectedSchema.Anything anything -> state;
            case ExpectedSchema.Known known -> compared(state, known.fingerprint());
            case ExpectedSchema.Unknown unknown -> noted(state, unknown);
        };
    }

    /** The same in the middle of a run, which itself leaves open what it has not seen. */
    public JournalState compareAgain(JournalState state) {
        return expected(state) instanceof ExpectedSchema.Known known
                ? compared(state, known.fingerprint())
                : state;
    }

    private ExpectedSchema expected(JournalState state) {
        return ExpectedSchema.of(contact.session(), contact.target(), state);
    }

    private JournalState compared(JournalState state, Fingerprint left) {
        var session = contact.session();
        var query = CatalogQuery.of(contact.target(), session.major());
        if (left.isCurrent() && DriftGuard.isAsLeft(session, contact.target(), left)) {
            return state;
        }
        var sight = CatalogReader.sightAndKeep(session, query, left.format());
        var drift = DriftGuard.drift(session, contact.target(), left, sight);
        refuseUnaccepted(drift, sight);
        drift.ifPresent(progress::accepted);
        var untold = ExpectedSchema.untold(sight);
        untold.ifPresent(unknown -> progress.unknown(unknown.why()));
        var entries = new ArrayList<EntryDraft>();
        if (drift.isPresent() || !left.isCurrent()) {
            acceptance(state.heads(), sight).ifPresent(entries::add);
        }
        var now = sight.current().toString();
        untold.map(unknown -> unknown.entry(state.heads(), null).withFingerprint(now))
                .ifPresent(entries::add);
        return contact.append(state, entries, sight.current());
    }

    private void refuseUnaccepted(Optional<SchemaDrift> drift, SchemaSight sight) {
        if (drift.isPresent() && (accepted == null || !accepted.covers(sight.asOld().toString()))) {
            throw new UnacceptedDrift(contact.session().subject(), drift.get());
        }
    }

    /** What was accepted is what was compared, which a finding about it says, too. */
    private Optional<EntryDraft> acceptance(List<String> heads, SchemaSight sight) {
        if (accepted == null) {
            return Optional.empty();
        }
        var body = new EntryBody.Adopted(EntryBody.Adoption.DRIFT);
        var draft = new EntryDraft(heads, accepted.reason(), body);
        return Optional.of(draft.withFingerprint(sight.asOld().toString()));
    }

    /** What is there becomes how it must be, and not in silence: nobody can know what was. */
    private JournalState noted(JournalState state, ExpectedSchema.Unknown unknown) {
        progress.unknown(unknown.why());
        var reason = accepted == null ? null : accepted.reason();
        var draft = unknown.entry(state.heads(), reason);
        // What a statement leaves that may still run is not known before it ends.
        return contact.append(
                state,
                unknown.isUnderWay()
                        ? draft
                        : draft.withFingerprint(DriftGuard.seen(contact).toString()));
    }
}
