// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.check;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.CatalogQuery;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.catalog.SchemaSight;
import dev.skein.engine.execute.order.AcceptedDrift;
import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.SchemaDrift;
import dev.skein.engine.execute.order.UnacceptedDrift;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.journal.KeptCatalog;
import dev.skein.engine.postgres.PgSession;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the schema against what the journal left, before a run changes anything: what a run leaves
 * is how the schema must be from then on, so a difference must not get into it unseen. Where the
 * journal does not know what was left there is nothing to compare with, and that is an entry.
 */
public final class DriftGuard {

    private DriftGuard() {}

    /**
     * The fingerprint of the schema as it is, the journal's target's. The session keeps its text,
     * for an entry with this fingerprint.
     */
    public static Fingerprint seen(TenantSession contact) {
        var session = contact.session();
        return CatalogReader.fingerprintAndKeep(session, query(session, contact.target()));
    }

    /**
     * Refuses a schema that somebody else changed.
     *
     * @param accepted what was said of such a change; null for nothing
     * @param progress hears of a change that is accepted, and of a schema that is not known
     * @return where the journal stands: behind an entry that says so, where there was a change or
     *     nobody can know
     * @throws UnacceptedDrift if there is a change that nobody accepted
     */
    public static JournalState pass(
            TenantSession contact,
            JournalState state,
            @Nullable AcceptedDrift accepted,
            Progress progress) {
        return switch (ExpectedSchema.of(contact.session(), contact.target(), state)) {
            case ExpectedSchema.Anything anything -> state;
            case ExpectedSchema.Known known -> compared(contact, state, known, accepted, progress);
            case ExpectedSchema.Unknown unknown ->
                    told(contact, state, unknown, accepted, progress);
        };
    }

    /** The same in the middle of a run, which itself leaves open what it has not seen. */
    public static JournalState passAgain(
            TenantSession contact,
            JournalState state,
            @Nullable AcceptedDrift accepted,
            Progress progress) {
        return ExpectedSchema.of(contact.session(), contact.target(), state)
                        instanceof ExpectedSchema.Known known
                ? compared(contact, state, known, accepted, progress)
                : state;
    }

    /**
     * What this version makes of a schema that an older version's print is still true of; that
     * print where it is not, or does not tell of all, so that the next comparison finds it.
     */
    static Fingerprint renewed(TenantSession contact, Fingerprint left) {
        var query = query(contact.session(), contact.target());
        var sight = CatalogReader.sightAndKeep(contact.session(), query, left.format());
        return sight.asOld().equals(left) && sight.untold() == 0 ? sight.current() : left;
    }

    private static JournalState compared(
            TenantSession contact,
            JournalState state,
            ExpectedSchema.Known known,
            @Nullable AcceptedDrift accepted,
            Progress progress) {
        var session = contact.session();
        var left = known.print();
        var query = query(session, contact.target());
        if (left.isCurrent() && CatalogReader.fingerprint(session, query).equals(left)) {
            return state;
        }
        var sight = CatalogReader.sightAndKeep(session, query, left.format());
        var drift = drift(session, contact.target(), left, sight);
        if (drift.isPresent() && (accepted == null || !accepted.covers(sight.asOld().toString()))) {
            throw new UnacceptedDrift(session.subject(), drift.get());
        }
        drift.ifPresent(progress::accepted);
        var untold = ExpectedSchema.untold(sight);
        untold.ifPresent(unknown -> progress.unknown(unknown.why()));
        var entries = new ArrayList<EntryDraft>();
        if (accepted != null && (drift.isPresent() || !left.isCurrent())) {
            // What was accepted is what was compared, which a finding about it says, too.
            entries.add(
                    new EntryDraft(
                                    state.heads(),
                                    accepted.reason(),
                                    new EntryBody.Adopted(EntryBody.Adoption.DRIFT))
                            .withFingerprint(sight.asOld().toString()));
        }
        var now = sight.current().toString();
        untold.map(unknown -> unknown.entry(state.heads(), null).withFingerprint(now))
                .ifPresent(entries::add);
        return contact.append(state, entries, sight.current());
    }

    /** What is there becomes how it must be, and not in silence: nobody can know what was. */
    private static JournalState told(
            TenantSession contact,
            JournalState state,
            ExpectedSchema.Unknown unknown,
            @Nullable AcceptedDrift accepted,
            Progress progress) {
        progress.unknown(unknown.why());
        var reason = accepted == null ? null : accepted.reason();
        var draft = unknown.entry(state.heads(), reason);
        // What a statement leaves that may still run is not known before it ends.
        return contact.append(
                state,
                unknown.isUnderWay() ? draft : draft.withFingerprint(seen(contact).toString()));
    }

    /** Refuses a schema that somebody else changed, whatever was said of it. */
    public static void refuse(PgSession session, String target, JournalState state) {
        drift(session, target, state)
                .ifPresent(drift -> {
                    throw new UnacceptedDrift(session.subject(), drift);
                });
    }

    /** How a schema differs from what its journal left, where that is known. */
    public static Optional<SchemaDrift> drift(
            PgSession session, String target, JournalState state) {
        return ExpectedSchema.of(session, target, state) instanceof ExpectedSchema.Known known
                ? drift(session, target, known.print())
                : Optional.empty();
    }

    /** Whether a schema is as a fingerprint says, whatever it is called. */
    static boolean isLeft(PgSession session, String schema, Fingerprint left) {
        var seen = CatalogReader.fingerprint(session, query(session, schema), left.format());
        return seen.equals(left);
    }

    private static Optional<SchemaDrift> drift(PgSession session, String target, Fingerprint left) {
        var query = query(session, target);
        return CatalogReader.fingerprint(session, query, left.format()).equals(left)
                ? Optional.empty()
                : drift(
                        session,
                        target,
                        left,
                        CatalogReader.sightAndKeep(session, query, left.format()));
    }

    /** The same by what was seen, the text of which the session keeps. */
    private static Optional<SchemaDrift> drift(
            PgSession session, String target, Fingerprint left, SchemaSight sight) {
        var found = sight.asOld();
        if (found.equals(left)) {
            return Optional.empty();
        }
        var was = KeptCatalog.read(session, target, left);
        if (was.isEmpty()) {
            return Optional.of(new SchemaDrift(found, left, false, List.of(), false));
        }
        var now = CatalogReader.kept(session, found);
        var differences = CatalogDifference.between(was.get(), now);
        var bare = isEmpty(now) && !isEmpty(was.get());
        return Optional.of(new SchemaDrift(found, left, true, differences, bare));
    }

    private static boolean isEmpty(Catalog catalog) {
        return catalog.items().keySet().stream().allMatch(id -> id.kind() == ObjectKind.SCHEMA);
    }

    private static CatalogQuery query(PgSession session, String target) {
        return CatalogQuery.of(target, session.major());
    }
}
