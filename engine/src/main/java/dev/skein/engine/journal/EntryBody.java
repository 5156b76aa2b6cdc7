// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import org.jspecify.annotations.Nullable;

/**
 * What an entry tells, kind by kind. On the wire its parts stand among the envelope's own; a part
 * that a kind lacks is null.
 */
public sealed interface EntryBody {
    /** An outcome: the change's checks hold. */
    String VERIFIED = "verified";

    default EntryKind kind() {
        return switch (this) {
            case Initialized _ -> EntryKind.INITIALIZED;
            case Applied _ -> EntryKind.APPLIED;
            case Reverted _ -> EntryKind.REVERTED;
            case Stamped _ -> EntryKind.STAMPED;
            case Intent _ -> EntryKind.INTENT;
            case StatementOutcome _, ChecksHeld _ -> EntryKind.OUTCOME;
            case Failed _ -> EntryKind.FAILED;
            case Observed _ -> EntryKind.OBSERVED;
            case Adopted _ -> EntryKind.ADOPTED;
            case BackedUp _ -> EntryKind.BACKED_UP;
            case Restored _ -> EntryKind.RESTORED;
        };
    }

    /** Whether the schema stays as it was with it. */
    default boolean keepsSchema() {
        return switch (this) {
            case Initialized _, Applied _, Reverted _, StatementOutcome _ -> false;
            case Intent intent -> intent.ofRows();
            case Stamped _, ChecksHeld _, Failed _, Observed _ -> true;
            case Adopted _, BackedUp _, Restored _ -> true;
        };
    }

    /** The revision that it is of. */
    default @Nullable RevisionVersion version() {
        return null;
    }

    /** The checksum of the revision, or of something else that it tells of. */
    default @Nullable String checksum() {
        var of = version();
        return of == null ? null : of.checksum();
    }

    /** The number of a statement in the revision, from 1. */
    default @Nullable Integer statement() {
        return null;
    }

    default @Nullable String outcome() {
        return null;
    }

    default @Nullable Long millis() {
        return null;
    }

    default @Nullable String sqlState() {
        return null;
    }

    default @Nullable String signature() {
        return null;
    }

    /** A revision as it was when it ran. */
    record RevisionVersion(String id, String checksum) {}

    /** See {@link EntryKind#INITIALIZED}. */
    record Initialized() implements EntryBody {}

    /** See {@link EntryKind#APPLIED}. */
    record Applied(RevisionVersion version) implements EntryBody {}

    /** See {@link EntryKind#REVERTED}. */
    record Reverted(RevisionVersion version) implements EntryBody {}

    /** See {@link EntryKind#STAMPED}. */
    record Stamped() implements EntryBody {}

    /**
     * See {@link EntryKind#INTENT}.
     *
     * @param ofRows whether it will change rows and no schema
     */
    record Intent(RevisionVersion version, Integer statement, boolean ofRows) implements EntryBody {
        static final String ROWS = "rows";

        @Override
        public @Nullable String outcome() {
            return ofRows ? ROWS : null;
        }
    }

    /** See {@link EntryKind#OUTCOME}: of a statement. */
    record StatementOutcome(RevisionVersion version, Integer statement, String outcome)
            implements EntryBody {}

    /** See {@link EntryKind#OUTCOME}: of a revision's checks, which hold. */
    record ChecksHeld(RevisionVersion version) implements EntryBody {
        @Override
        public String outcome() {
            return VERIFIED;
        }
    }

    /** See {@link EntryKind#FAILED}. */
    record Failed(RevisionVersion version, Integer statement, String sqlState, String signature)
            implements EntryBody {}

    /**
     * See {@link EntryKind#OBSERVED}.
     *
     * @param millis how long the run took; null where nothing ran
     */
    record Observed(@Nullable Long millis) implements EntryBody {}

    /** See {@link EntryKind#ADOPTED}. */
    record Adopted(Adoption of) implements EntryBody {
        @Override
        public @Nullable String outcome() {
            return of.outcome();
        }
    }

    /** What is adopted: a place, or what is there. */
    enum Adoption {
        /** Another place. */
        PLACE(null),
        /** It begins the history of a copy; what is before it is the original's. */
        CLONE("clone"),
        /** A schema that somebody else changed. */
        DRIFT("drift"),
        /** A schema of which nobody knows how it had to be. */
        UNKNOWN("unknown");

        private final @Nullable String outcome;

        Adoption(@Nullable String outcome) {
            this.outcome = outcome;
        }

        /** Its outcome on the wire. */
        public @Nullable String outcome() {
            return outcome;
        }
    }

    /**
     * See {@link EntryKind#BACKED_UP}.
     *
     * @param checksum the archive's
     * @param outcome what it covers
     */
    record BackedUp(String checksum, String outcome) implements EntryBody {}

    /**
     * See {@link EntryKind#RESTORED}.
     *
     * @param checksum the archive's
     * @param outcome what nobody could compare; null where all was
     * @param millis 0 where the schema is as it must be; null where nobody knows
     */
    record Restored(String checksum, @Nullable String outcome, @Nullable Long millis)
            implements EntryBody {}
}
