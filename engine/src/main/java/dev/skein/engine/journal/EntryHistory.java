// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import io.vertx.core.buffer.Buffer;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Reads the entries of a target. */
final class EntryHistory {
    private final PgSession session;
    private final String target;
    private final JournalRows reads;

    EntryHistory(PgSession session, String target) {
        this.session = session;
        this.target = target;
        this.reads = new JournalRows(session, target);
    }

    /** See {@link Journal#after(long, int, int)}. */
    List<Entry> after(long seq, int limit, int largest) {
        var rows =
                session.query(
                        """
                        SELECT seq, incarnation, envelope, salt,
                            CASE WHEN octet_length(body) <= $4 THEN body END AS body,
                            prev_hash, hash
                        FROM skein.entry WHERE target = $1 AND seq > $2 ORDER BY seq LIMIT $3
                        """,
                        target,
                        seq,
                        limit,
                        largest);
        var entries = new ArrayList<Entry>(rows.size());
        rows.forEach(row -> entries.add(reads.entry(row)));
        return entries;
    }

    /** See {@link Journal#envelopes}. */
    List<Envelope> envelopes() {
        var sql = "SELECT seq, envelope FROM skein.entry WHERE target = $1 ORDER BY seq";
        try {
            var rows = session.query(sql, target);
            var envelopes = new ArrayList<Envelope>(rows.size());
            rows.forEach(row -> envelopes.add(says(row)));
            return envelopes;
        } catch (PgServerError e) {
            throw UnreadableJournal.meaning(e, session);
        }
    }

    /** See {@link Journal#nonTransactionalEntries}. */
    List<Journal.NonTransactionalEntry> nonTransactionalEntries(String revision) {
        var past = new ArrayList<Journal.NonTransactionalEntry>();
        for (var row : naming(revision)) {
            var says = says(row);
            if (says.kind() == EntryKind.STAMPED || revision.equals(says.revision())) {
                Buffer body = row.getBuffer("body");
                var sql = body == null ? "" : body.toString(StandardCharsets.UTF_8);
                past.add(new Journal.NonTransactionalEntry(says, sql, row.getString("detail")));
            }
        }
        return past;
    }

    private RowSet<Row> naming(String revision) {
        // As bytes: in a database of another encoding not every envelope has a text.
        return session.query(
                """
                SELECT seq, envelope, body, detail FROM skein.entry
                WHERE target = $1
                    AND (position($2 IN envelope) > 0 OR position($3 IN envelope) > 0)
                ORDER BY seq
                """,
                target,
                EntrySearch.member("revision", revision),
                EntrySearch.kind(EntryKind.STAMPED));
    }

    private Envelope says(Row row) {
        return EntrySearch.says(session, row);
    }
}
