// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.check.RenameChecks;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.BoundSchema;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Binds a journal to the place where its database is, with the reason as an entry. */
public final class JournalAdoption {
    /** What happened to the database. */
    public enum Reason {
        /** The same database elsewhere, or under another name. */
        MOVED,
        /** The same database as it was earlier: a new incarnation of its history begins. */
        RESTORED,
        /**
         * The same as it was earlier, with its whole server: it is where it always was, so that
         * nothing but this word tells. A new incarnation, too.
         */
        REWOUND,
        /** A copy with a life of its own: a new uid. */
        CLONE
    }

    /**
     * What somebody says.
     *
     * @param agreed whether a journal that seems to be where it belongs is a copy's all the same
     * @param from the name that its schema had when it was migrated last; null for the present one
     */
    public record Claim(Reason reason, boolean agreed, @Nullable String from) {
        /** That something happened, and nothing else. */
        public static Claim of(Reason reason) {
            return new Claim(reason, false, null);
        }
    }

    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(1);

    private final TenantSession contact;
    private final DatabaseIdentity before;
    private final DatabaseIdentity here;

    private JournalAdoption(TenantSession contact) {
        this.contact = contact;
        this.before = contact.boundTo();
        this.here = contact.identity();
    }

    /**
     * Binds and records, in one transaction. Refuses where the journal belongs to this place
     * already; where only a site is known to it, {@link Reason#MOVED} forgets that, and the next
     * agent says its own.
     *
     * @param scope with the site, where somebody says it
     * @throws SkeinException if the journal is not to be taken over, or its database cannot be
     *     worked on
     */
    public static JournalState run(
            PgClient client,
            DatabaseAddress address,
            Scope scope,
            Author author,
            Claim claim,
            Clock clock) {
        var from = claim.from();
        var last = from == null ? scope : scope.withSchema(from);
        var order = MigrationOrder.ofJournal(address, last, author);
        try (var contact = TenantSession.openForeign(client, order, clock, Progress.NONE)) {
            if (from == null) {
                new AdoptionChecks(contact).refuseUnfit(claim, scope);
            } else {
                contact.lockToo(scope.schema(), Progress.NONE);
                RenameChecks.refuseUnfit(
                        contact.session(), from, scope.schema(), contact.state(), claim.agreed());
            }
            return new JournalAdoption(contact).bind(claim, scope.schema());
        }
    }

    private JournalState bind(Claim claim, String schema) {
        var reason = claim.reason();
        if (!schema.isEmpty()) {
            BoundSchema.prepare(contact.session());
        }
        contact.session().script("BEGIN", QUERY_TIMEOUT);
        var uid = reason == Reason.CLONE ? DatabaseIdentity.chosenUid() : null;
        var anew = reason == Reason.RESTORED || reason == Reason.REWOUND;
        contact.binding().bind(place(reason), anew, uid);
        var state = contact.fence().orElseThrow();
        var what = uid == null ? EntryBody.Adoption.PLACE : EntryBody.Adoption.CLONE;
        var body = new EntryBody.Adopted(what);
        var draft = new EntryDraft(state.heads(), text(claim, schema), body);
        var after = contact.append(state, draft);
        bindSchema(claim, schema);
        contact.session().script("COMMIT", QUERY_TIMEOUT);
        contact.release();
        return after;
    }

    private void bindSchema(Claim claim, String schema) {
        if (claim.from() != null) {
            contact.binding().rename(schema);
        } else if (!schema.isEmpty()) {
            BoundSchema.bind(contact.session(), schema);
        }
    }

    /** A server that was put back is where it always was; of the others no site is known here. */
    private DatabaseIdentity place(Reason reason) {
        return reason == Reason.REWOUND && here.site() == null
                ? here.withSite(before.site())
                : here;
    }

    private String text(Claim claim, String schema) {
        var places = Json.text(List.of(before, here));
        var names = claim.from() == null ? "" : Json.text(List.of(claim.from(), schema));
        return claim.reason().name().toLowerCase(Locale.ROOT) + places + names;
    }
}
