// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.catalog.SchemaSight;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgSession;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How a schema must be, by its journal. */
public sealed interface ExpectedSchema {
    /** Any way: no run has begun. */
    record Anything() implements ExpectedSchema {}

    /** As this fingerprint, which this program can compare with what is there. */
    record Known(Fingerprint fingerprint) implements ExpectedSchema {}

    /**
     * Nobody can tell.
     *
     * @param why in words, as a part of a sentence
     * @param isUnderWay whether a statement outside a transaction is what leaves it open
     */
    record Unknown(String why, boolean isUnderWay) implements ExpectedSchema {
        /**
         * What to do about it.
         *
         * @param heads where the journal stands
         */
        public String remedy(List<String> heads) {
            return (isUnderWay
                            ? "Look whether it still runs; else run the same again, or give it up: "
                            : "Look at it (skein diff head DATABASE), then let it be how it must"
                                    + " be: skein upgrade --accept-drift \"why\", or ")
                    + Goal.Stamp.command(heads);
        }

        /**
         * What the journal says of it, before anything else is done.
         *
         * @param reason what a person said of it; null for nothing
         */
        public EntryDraft entry(List<String> heads, @Nullable String reason) {
            var text =
                    "how the schema had to be was not known: "
                            + why
                            + (reason == null ? "" : ". " + reason);
            return new EntryDraft(heads, text, new EntryBody.Adopted(EntryBody.Adoption.UNKNOWN));
        }
    }

    /** What a journal says. */
    static ExpectedSchema of(PgSession session, String target, JournalState state) {
        if (state.seq() <= 1) {
            return new Anything();
        }
        var journal = new Journal(session, target);
        if (journal.isUnderWay()) {
            return new Unknown(
                    "a statement outside a transaction is under way, or was cut off", true);
        }
        if (state.fingerprint() == null) {
            if (journal.isUnused()) {
                return new Anything(); // it was created, and bound to another place
            }
            return new Unknown(
                    "its last run noted nothing: it was cut off, or could not read the schema, or"
                            + " was a script's for psql",
                    false);
        }
        return compared(Fingerprint.parse(state.fingerprint()), session.major());
    }

    /**
     * What an older version's fingerprint leaves open of a schema: the objects that it does not
     * tell of.
     */
    static Optional<Unknown> untold(SchemaSight sight) {
        return sight.untold() == 0
                ? Optional.empty()
                : Optional.of(
                        new Unknown(
                                "its last run was an older version's of Skein, which told nothing"
                                        + " of"
                                        + " %d of its objects (operators, casts and their like)"
                                                .formatted(sight.untold()),
                                false));
    }

    private static ExpectedSchema compared(Fingerprint left, int major) {
        if (left.isReadableOn(major)) {
            return new Known(left);
        }
        return new Unknown(
                left.major() == major
                        ? "its last run was another version's of Skein, which reads schemas"
                                + " otherwise"
                        : "its last run was on PostgreSQL %d, which prints schemas otherwise than %d"
                                .formatted(left.major(), major),
                false);
    }
}
