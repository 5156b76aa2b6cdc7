// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.check;

import dev.skein.engine.SkeinException;
import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.execute.order.ShellWord;
import dev.skein.engine.execute.session.RenamedSchema;
import dev.skein.engine.journal.BoundSchema;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgSession;

/** What is held against the word that a journal is another place's or another schema's. */
public final class RenameChecks {
    private RenameChecks() {}

    /**
     * Refuses an adoption that leaves the name where it is, of a schema that has another now.
     *
     * @throws SkeinException if the schema has another name by now
     */
    public static void refuseMovedAway(PgSession session, Scope scope) {
        if (!scope.isDatabase()) {
            var journal = BoundSchema.of(session, scope.schema());
            if (journal.isRenamed()) {
                throw RenamedSchema.renamed(session, journal);
            }
        }
    }

    /**
     * Refuses what is no renaming.
     *
     * @param state the journal's that is to follow
     * @param agreed whether somebody says that it is the same schema though it looks otherwise
     * @throws SkeinException if the schema is there still, has an unlike successor, or that one has
     *     a journal
     */
    public static void refuseUnfit(
            PgSession session, String from, String to, JournalState state, boolean agreed) {
        var journal = BoundSchema.of(session, from);
        if (journal.isItsOwn()) {
            throw stillThere(session, from);
        }
        if (BoundSchema.number(session, to) == null) {
            throw new RunRefusal(session.subject(), "it has no schema '" + to + "'", "");
        }
        if (journal.isRenamed() && !to.equals(journal.named())) {
            throw RenamedSchema.renamed(session, journal);
        }
        BoundSchema.journal(session, to)
                .ifPresent(other -> {
                    throw inTheWay(session, other);
                });
        if (!journal.isRenamed() && !agreed && !looksLike(session, from, to, state)) {
            throw unlike(session, from, to);
        }
    }

    private static RunRefusal stillThere(PgSession session, String from) {
        return new RunRefusal(
                session.subject(),
                "the schema '" + from + "' is there: it has no other name",
                "Look which one was renamed: skein adopt --moved without --from names those"
                        + " that it can be");
    }

    private static RunRefusal unlike(PgSession session, String from, String to) {
        return new RunRefusal(
                session.subject(),
                "the schema '%s' is not as the journal of '%s' left its own".formatted(to, from),
                "If it is that one all the same, changed since, say so: "
                        + RenamedSchema.follow(from, to)
                        + " --yes");
    }

    private static RunRefusal inTheWay(PgSession session, BoundSchema other) {
        var found = "the schema '" + other.target() + "' has a journal of its own";
        if (other.isRenamed()) {
            return new RunRefusal(
                    session.subject(),
                    found + ", whose schema is called '" + other.named() + "' now",
                    "Let that one follow first: "
                            + RenamedSchema.follow(other.target(), "" + other.named())
                            + "; of two that exchanged their names, rename one before");
        }
        return new RunRefusal(
                session.subject(),
                found,
                "If nothing of that counts, put it away: skein adopt --retire "
                        + ShellWord.of(other.target())
                        + (other.isItsOwn() ? " --yes" : ""));
    }

    /** Whether a schema is as another's journal left its own, or nobody can tell. */
    private static boolean looksLike(
            PgSession session, String from, String to, JournalState state) {
        return !(ExpectedSchema.of(session, from, state) instanceof ExpectedSchema.Known known)
                || DriftGuard.isLeft(session, to, known.fingerprint());
    }
}
