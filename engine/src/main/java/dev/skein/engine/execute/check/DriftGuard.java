// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.check;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.CatalogProof;
import dev.skein.engine.catalog.CatalogQuery;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.catalog.ObjectKind;
import dev.skein.engine.catalog.SchemaSight;
import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.SchemaDrift;
import dev.skein.engine.execute.order.UnacceptedDrift;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.journal.KeptCatalog;
import dev.skein.engine.postgres.PgSession;
import java.util.List;
import java.util.Optional;

/** Reads how a schema differs from what its journal left. It writes nothing. */
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
     * What this version makes of a schema that an older version's fingerprint is still true of;
     * that fingerprint where it is not, or does not tell of all, so that the next comparison finds
     * it.
     */
    static Fingerprint renewed(TenantSession contact, Fingerprint left) {
        var query = query(contact.session(), contact.target());
        var sight = CatalogReader.sightAndKeep(contact.session(), query, left.format());
        return sight.asOld().equals(left) && sight.untold() == 0 ? sight.current() : left;
    }

    /**
     * Refuses a schema that somebody else changed, whatever was said of it.
     *
     * @throws UnacceptedDrift if the schema is not as the journal left it
     */
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
                ? drift(session, target, known.fingerprint())
                : Optional.empty();
    }

    /** Whether a schema is as a fingerprint says, by the cheapest way that proves it. */
    static boolean isAsLeft(PgSession session, String target, Fingerprint left) {
        return CatalogProof.holds(session, target, left) || isLeft(session, target, left);
    }

    /** Whether a schema is as a fingerprint says, whatever it is called. */
    static boolean isLeft(PgSession session, String schema, Fingerprint left) {
        var seen = CatalogReader.fingerprint(session, query(session, schema), left.format());
        return seen.equals(left);
    }

    private static Optional<SchemaDrift> drift(PgSession session, String target, Fingerprint left) {
        var query = query(session, target);
        return isAsLeft(session, target, left)
                ? Optional.empty()
                : drift(
                        session,
                        target,
                        left,
                        CatalogReader.sightAndKeep(session, query, left.format()));
    }

    /** The same by what was seen, the text of which the session keeps. */
    static Optional<SchemaDrift> drift(
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
