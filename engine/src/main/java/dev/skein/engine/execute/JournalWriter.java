// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.journal.Chain;
import dev.skein.engine.journal.Draft;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.Sql;
import java.time.Duration;
import java.util.Set;

/** Appends an entry that belongs to no script, in a transaction of its own. */
final class JournalWriter {
    private static final Duration BOUND = Duration.ofMinutes(2);

    /** Entries that leave the schema as it was, or come with its fingerprint. */
    private static final Set<EntryKind> KEEP =
            Set.of(
                    EntryKind.FAILED,
                    EntryKind.INTENT,
                    EntryKind.OBSERVED,
                    EntryKind.ADOPTED,
                    EntryKind.STAMPED);

    private JournalWriter() {}

    /** One round trip: guard, entry and heads, commit. */
    static JournalState append(
            PgSession session, Journal journal, Chain chain, JournalState before, Draft draft) {
        var entry = chain.next(before, draft);
        var sql = new JournalSql(journal.target(), Nonce.next());
        try {
            session.script(
                    "BEGIN; "
                            + sql.guard(before)
                            + fingerprint(journal.target(), draft)
                            + sql.close(
                                    before,
                                    draft.heads(),
                                    entry,
                                    draft.detail(),
                                    KEEP.contains(draft.kind()))
                            + " COMMIT;",
                    BOUND);
        } catch (PgServerError e) {
            session.script("ROLLBACK", BOUND);
            throw e;
        }
        return before.after(entry, draft.heads(), draft.fingerprint());
    }

    private static String fingerprint(String target, Draft draft) {
        if (draft.fingerprint() == null) {
            return "";
        }
        return "UPDATE skein.state SET fingerprint = "
                + Sql.text(draft.fingerprint())
                + " WHERE target = "
                + Sql.text(target)
                + "; ";
    }
}
