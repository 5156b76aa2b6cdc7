// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgSession;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Finds entries by what their envelopes say, on the server: a history may be long. Envelopes are
 * compared as bytes, since in a database of another encoding not each has a text.
 */
final class EntrySearch {
    private static final Set<EntryKind> FRAMES = EnumSet.of(EntryKind.INTENT, EntryKind.OUTCOME);

    private final PgSession session;
    private final String target;

    EntrySearch(PgSession session, String target) {
        this.session = session;
        this.target = target;
    }

    /** See {@link Journal#isUnderWay}. */
    boolean isUnderWay() {
        var rows =
                session.query(
                        """
                        SELECT seq, envelope FROM skein.entry
                        WHERE target = $1
                            AND (position($2 IN envelope) > 0 OR NOT (position($3 IN envelope) > 0
                                OR position($4 IN envelope) > 0 OR position($5 IN envelope) > 0))
                            AND NOT (position($6 IN envelope) > 0 AND position($7 IN envelope) > 0)
                            AND NOT (position($8 IN envelope) > 0 AND position($9 IN envelope) = 0)
                        ORDER BY seq DESC LIMIT 1
                        """,
                        target,
                        // Without having seen the schema, these say nothing of it:
                        Buffer.buffer("\"fingerprint\":"),
                        kind(EntryKind.FAILED),
                        kind(EntryKind.BACKED_UP),
                        kind(EntryKind.ADOPTED),
                        // nor does the beginning of a change of rows,
                        kind(EntryKind.INTENT),
                        member("outcome", EntryBody.Intent.ROWS),
                        // nor a check.
                        kind(EntryKind.OUTCOME),
                        Buffer.buffer("\"statement\":"));
        return rows.size() > 0 && FRAMES.contains(says(session, rows.iterator().next()).kind());
    }

    /** See {@link Journal#isUnused}. */
    boolean isUnused() {
        var rows =
                session.query(
                        """
                        SELECT NOT EXISTS (SELECT FROM skein.entry WHERE target = $1
                            AND position($2 IN envelope) = 0 AND position($3 IN envelope) = 0)
                        """,
                        target,
                        kind(EntryKind.INITIALIZED),
                        kind(EntryKind.ADOPTED));
        return rows.iterator().next().getBoolean(0);
    }

    /** What an entry says, of a row with its number. */
    static Envelope says(PgSession session, Row row) {
        try {
            return Envelope.parse(
                    Objects.requireNonNull(row.getBuffer("envelope"), "envelope").getBytes());
        } catch (SkeinException e) {
            throw UnreadableJournal.changed(session, row.getLong("seq"), e);
        }
    }

    static Buffer kind(EntryKind kind) {
        return member("kind", kind.wire());
    }

    /** A member of an envelope, as its JSON is written; within a text its quotes are escaped. */
    static Buffer member(String name, String value) {
        return Buffer.buffer("\"" + name + "\":\"" + value + "\"");
    }
}
