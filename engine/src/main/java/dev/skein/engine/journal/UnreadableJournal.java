// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import org.jspecify.annotations.Nullable;

/** Says of a journal that is there and cannot be read why, as far as it can be told. */
public final class UnreadableJournal {
    private static final String RESTORE =
            "Restore the journal's tables from a backup of this database";
    private static final int SHOWN = 40;

    private UnreadableJournal() {}

    /** What a server's refusal to read a journal means; the refusal itself where it means more. */
    public static SkeinException meaning(PgServerError e, PgSession session) {
        var user = SqlLiterals.name(session.user());
        return switch (e.sqlState()) {
            case "42501" ->
                    SkeinException.failed(
                            e.subject(),
                            "user " + user + " may not read the journal",
                            "GRANT USAGE ON SCHEMA skein TO %1$s; GRANT SELECT ON ALL TABLES IN SCHEMA skein TO %1$s"
                                    .formatted(user));
            case "42P01", "42703", "42804", "42883" ->
                    SkeinException.failed(
                            e.subject(),
                            "what stands in the schema 'skein' is no journal that this Skein can"
                                    + " read: "
                                    + e.serverMessage(),
                            "Was it changed by hand, restored in part, or written by a newer"
                                    + " Skein?");
            default -> e;
        };
    }

    /** About tables without any row. */
    public static SkeinException hollow(PgSession session) {
        return SkeinException.failed(
                session.subject(),
                "its journal has tables and no rows, as in a copy of the schema alone (pg_dump -s)",
                "Where it stands is not known. Say it: DROP SCHEMA skein CASCADE, then skein stamp"
                        + " with the revisions that it has");
    }

    /**
     * About a database that calls itself by what is no uid.
     *
     * @param named the uid in its entries; null where they tell none
     */
    static SkeinException noUid(
            PgSession session, String target, String uid, @Nullable String named) {
        var shown = uid.length() <= SHOWN ? uid : uid.substring(0, SHOWN) + "…";
        return SkeinException.failed(
                session.subject(),
                "its journal was changed by somebody else: the uid in skein.state is %s, and not 32 hexadecimal digits"
                        .formatted(SqlLiterals.text(shown)),
                named == null
                        ? RESTORE
                        : "Put back what its entries say: UPDATE skein.state SET uid = %s WHERE target = %s"
                                .formatted(SqlLiterals.text(named), SqlLiterals.text(target)));
    }

    /** About a row that lacks what every Skein writes. */
    static SkeinException blank(PgSession session, String column) {
        return SkeinException.failed(
                session.subject(),
                "its journal was changed by somebody else: skein.state has no " + column,
                RESTORE);
    }

    /** About a number that no Skein comes to. */
    static SkeinException beyond(PgSession session, String column, long number) {
        return SkeinException.failed(
                session.subject(),
                "its journal was changed by somebody else: %s in skein.state is %s"
                        .formatted(column, String.valueOf(number)),
                RESTORE);
    }

    /** About an entry without what every Skein writes. */
    static SkeinException lacking(PgSession session, long seq, String column) {
        return SkeinException.failed(
                session.subject(),
                "entry "
                        + seq
                        + " of its journal was changed by somebody else: it has no "
                        + column,
                RESTORE);
    }

    /** About a hash that is none. */
    static SkeinException noHash(PgSession session, long seq) {
        return SkeinException.failed(
                session.subject(),
                "entry " + seq + " of its journal was changed by somebody else: its hash is none",
                RESTORE);
    }

    /** About an entry that is not as any Skein writes it. */
    static SkeinException changed(PgSession session, long seq, SkeinException cause) {
        return new SkeinException(
                cause.code(),
                session.subject(),
                "entry " + seq + " of its journal was changed by somebody else: it is no record",
                RESTORE,
                cause);
    }
}
