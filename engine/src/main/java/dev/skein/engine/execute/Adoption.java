// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.journal.Author;
import dev.skein.engine.journal.Draft;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Identity;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.script.Scripts;
import java.time.Clock;
import java.util.List;
import java.util.Locale;

/** Binds a journal to the place where its database is, with the reason as an entry. */
public final class Adoption {
    /** What happened to the database. */
    public enum Reason {
        /** The same database elsewhere, or under another name. */
        MOVED,
        /** The same database as it was earlier: a new incarnation of its history begins. */
        RESTORED,
        /** A copy with a life of its own: a new uid. */
        CLONE
    }

    private Adoption() {}

    /** Binds and records. Refuses where the journal belongs to this place already. */
    public static JournalState run(
            PgClient client,
            DatabaseAddress address,
            Scope scope,
            Author author,
            Reason reason,
            Clock clock) {
        var order =
                new Order(
                        address,
                        scope,
                        Scripts.of(List.of()),
                        new Goal.Stamp(List.of(), false),
                        author,
                        Limits.DEFAULT);
        try (var contact = Contact.openForeign(client, order, clock, Progress.NONE)) {
            var here = contact.identity();
            var before = contact.journal().boundTo();
            if (before.equals(here)) {
                throw new Refusal(
                        contact.session().subject(), "its journal belongs to this place", "");
            }
            contact.journal().bind(here, reason == Reason.RESTORED, uid(reason, here, scope));
            var state = contact.fence().orElseThrow();
            var after =
                    contact.append(
                            state,
                            Draft.of(EntryKind.ADOPTED, state.heads(), text(reason, before, here)));
            contact.release();
            return after;
        }
    }

    private static @org.jspecify.annotations.Nullable String uid(
            Reason reason, Identity here, Scope scope) {
        return reason == Reason.CLONE ? here.uid(scope.schema()) : null;
    }

    private static String text(Reason reason, Identity before, Identity here) {
        return reason.name().toLowerCase(Locale.ROOT)
                + dev.skein.engine.Json.text(List.of(before, here));
    }
}
