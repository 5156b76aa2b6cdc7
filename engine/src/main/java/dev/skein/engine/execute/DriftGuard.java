// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.catalog.CatalogQuery;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.journal.Draft;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Holds the schema against what the journal left, before a run changes anything: what a run leaves
 * is how the schema must be from then on, so a difference must not get into it unseen. Where the
 * journal does not know what was left there is nothing to compare with.
 */
public final class DriftGuard {
    private static final String ACCEPTED = "drift";

    private DriftGuard() {}

    /** The fingerprint of the schema as it is, the journal's target's. */
    static Fingerprint seen(Contact contact) {
        return seen(contact.session(), contact.journal().target());
    }

    /**
     * Refuses a schema that somebody else changed.
     *
     * @param accepted what was said of such a change; null for nothing
     * @return where the journal stands: behind an entry with the reason, where there was a change
     * @throws Drifted if there is a change that nobody accepted
     */
    static JournalState pass(
            Contact contact, JournalState state, @Nullable AcceptedDrift accepted) {
        var session = contact.session();
        var found = found(session, contact.journal().target(), state);
        if (found.isEmpty()) {
            return state;
        }
        var print = found.get().toString();
        if (accepted == null || !accepted.covers(print)) {
            throw drifted(session, state, print);
        }
        var draft =
                Draft.of(EntryKind.ADOPTED, state.heads(), accepted.reason())
                        .outcome(ACCEPTED)
                        .fingerprint(print);
        return contact.append(state, draft);
    }

    /** Refuses a schema that somebody else changed, whatever was said of it. */
    static void refuse(PgSession session, String target, JournalState state) {
        found(session, target, state)
                .ifPresent(print -> {
                    throw drifted(session, state, print.toString());
                });
    }

    private static Drifted drifted(PgSession session, JournalState state, String print) {
        return new Drifted(session.subject(), print + ", left as " + state.fingerprint());
    }

    /** The fingerprint of a schema that is not as its journal left it, where that is known. */
    public static Optional<Fingerprint> found(
            PgSession session, String target, JournalState state) {
        var left = expected(session, target, state);
        return left.isEmpty()
                ? Optional.empty()
                : Optional.of(seen(session, target)).filter(seen -> !seen.equals(left.get()));
    }

    /**
     * How the schema must be, as far as this program can compare it: not while a statement outside
     * a transaction is under way, and not what other versions of server or program printed.
     */
    public static Optional<Fingerprint> expected(
            PgSession session, String target, JournalState state) {
        return Optional.ofNullable(state.fingerprint())
                .map(Fingerprint::parse)
                .filter(left -> left.isOf(session.major()))
                .filter(left -> !new Journal(session, target).isUnderWay(state));
    }

    private static Fingerprint seen(PgSession session, String target) {
        return CatalogReader.fingerprint(session, CatalogQuery.of(target, session.major()));
    }
}
