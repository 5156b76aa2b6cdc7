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
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Binds a journal to the place where its database is, with the reason as an entry. */
public final class Adoption {
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

    private static final Duration BOUND = Duration.ofMinutes(1);

    private Adoption() {}

    /**
     * Binds and records, in one transaction. Refuses where the journal belongs to this place
     * already, but for a copy: one of a whole server looks like the original.
     */
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
            refuseUnfit(contact.session().subject(), reason, before.isSame(here));
            contact.session().script("BEGIN", BOUND);
            var anew = reason == Reason.RESTORED || reason == Reason.REWOUND;
            contact.journal().bind(here, anew, uid(reason));
            var state = contact.fence().orElseThrow();
            var said = Draft.of(EntryKind.ADOPTED, state.heads(), text(reason, before, here));
            var after = contact.append(state, said);
            contact.session().script("COMMIT", BOUND);
            contact.release();
            return after;
        }
    }

    private static void refuseUnfit(String subject, Reason reason, boolean isHere) {
        if (isHere && (reason == Reason.MOVED || reason == Reason.RESTORED)) {
            throw new Refusal(
                    subject,
                    "its journal belongs to this place",
                    "Nothing is to be said. Only if its whole server was put back to an earlier"
                            + " moment: skein adopt --rewound");
        }
        if (!isHere && reason == Reason.REWOUND) {
            throw new Refusal(
                    subject,
                    "its journal belongs to another place",
                    "Say what happened: skein adopt --moved, --restored or --clone");
        }
    }

    /**
     * A copy of a whole server has the same numbers as the original: only chance tells them apart.
     */
    private static @Nullable String uid(Reason reason) {
        if (reason != Reason.CLONE) {
            return null;
        }
        var bytes = new byte[16];
        new SecureRandom().nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    private static String text(Reason reason, Identity before, Identity here) {
        return reason.name().toLowerCase(Locale.ROOT)
                + dev.skein.engine.Json.text(List.of(before, here));
    }
}
