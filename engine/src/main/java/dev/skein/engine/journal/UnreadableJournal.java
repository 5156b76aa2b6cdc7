// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.Sql;

/** Says of a journal that is there and cannot be read why, as far as it can be told. */
public final class UnreadableJournal {
    private UnreadableJournal() {}

    /** What a server's refusal to read a journal means; the refusal itself where it means more. */
    public static SkeinException told(PgServerError e, PgSession session) {
        var user = Sql.name(session.user());
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

    /** About an entry that is not as any Skein writes it. */
    static SkeinException changed(PgSession session, long seq, SkeinException cause) {
        return new SkeinException(
                cause.code(),
                session.subject(),
                "entry " + seq + " of its journal was changed by somebody else: it is no record",
                "Restore the journal's tables from a backup of this database",
                cause);
    }
}
