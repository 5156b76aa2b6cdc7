// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.journal.Chain;
import dev.skein.engine.journal.Draft;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.Sql;
import io.vertx.core.Future;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;

/** Appends an entry that belongs to no script, in a transaction of its own. */
final class JournalWriter {
    private static final Duration BOUND = Duration.ofMinutes(2);

    private JournalWriter() {}

    /** One round trip, one statement. */
    static JournalState append(
            PgSession session, Journal journal, Chain chain, JournalState before, Draft draft) {
        var sent = send(session, journal, chain, before, draft);
        session.await(sent.answer(), BOUND);
        return sent.after();
    }

    /** An entry on its way, and the state it leaves when it arrives. */
    record Sent(JournalState after, Future<RowSet<Row>> answer) {}

    /** The same without waiting. */
    static Sent send(
            PgSession session, Journal journal, Chain chain, JournalState before, Draft draft) {
        var entry = chain.next(before, draft);
        var print =
                draft.fingerprint() != null
                        ? draft.fingerprint()
                        : draft.keepsSchema() ? before.fingerprint() : null;
        var after = before.after(entry, draft.heads(), print);
        var text =
                new JournalSql(journal.target(), Nonce.next())
                        .append(before, after, entry, draft.detail(), Sql.nullable(print));
        return new Sent(after, session.send(text));
    }
}
