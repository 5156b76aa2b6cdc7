// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.journal.EntryChain;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.journal.KeptCatalog;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends an entry that belongs to no script, in a transaction of its own. */
public final class JournalWriter {
    private static final Duration WRITE_TIMEOUT = Duration.ofMinutes(2);

    private JournalWriter() {}

    /** One round trip, one statement. */
    public static JournalState append(
            PgSession session,
            Journal journal,
            EntryChain chain,
            JournalState before,
            EntryDraft draft) {
        var written = write(journal, chain, before, draft);
        session.script(written.sql(), WRITE_TIMEOUT);
        return written.after();
    }

    /**
     * An entry as a statement.
     *
     * @param after the state it leaves
     */
    public record Written(JournalState after, String sql) {}

    /** The same without sending it. */
    public static Written write(
            Journal journal, EntryChain chain, JournalState before, EntryDraft draft) {
        return write(journal, chain, before, draft, null);
    }

    /**
     * The same.
     *
     * @param leaves the schema's fingerprint, where the entry tells another one; null for the
     *     entry's own
     */
    public static Written write(
            Journal journal,
            EntryChain chain,
            JournalState before,
            EntryDraft draft,
            @Nullable Fingerprint leaves) {
        var entry = chain.next(before, draft);
        var seen = leaves == null ? draft.fingerprint() : leaves.toString();
        var fingerprint = seen == null && draft.body().keepsSchema() ? before.fingerprint() : seen;
        var after = before.after(entry, draft.heads(), fingerprint);
        var kept = seen != null && journal.keepsCatalog() ? KeptCatalog.with(seen) : null;
        var text =
                new JournalSql(journal.target(), Nonce.next())
                        .append(
                                before,
                                after,
                                entry,
                                draft.detail(),
                                SqlLiterals.nullable(fingerprint),
                                kept);
        return new Written(after, text);
    }

    /**
     * Entries that follow each other, as one text of as many statements.
     *
     * @param leaves what the schema is, whatever they tell of it
     */
    static Written write(
            Journal journal,
            EntryChain chain,
            JournalState before,
            List<EntryDraft> drafts,
            Fingerprint leaves) {
        var state = before;
        var sql = new StringBuilder();
        int open = drafts.size();
        for (var draft : drafts) {
            var fingerprint = --open == 0 ? leaves : null;
            var written = write(journal, chain, state, draft, fingerprint);
            sql.append(written.sql());
            state = written.after();
        }
        return new Written(state, sql.toString());
    }
}
