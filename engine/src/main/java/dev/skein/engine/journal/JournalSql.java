// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.postgres.SqlLiterals;
import org.jspecify.annotations.Nullable;

/**
 * The statements that keep a journal true. A transaction is: {@link #guard} first, then the work,
 * then {@link #close}. The guard lets nothing run unless the journal is where the client believes;
 * the closing statement changes state and entries together, and only in the transaction that the
 * guard opened, which the nonce shows: a COMMIT inside the work loses the nonce.
 */
public final class JournalSql {
    /** In one line, as scripts for psql print it once for each revision. */
    private static final String CLOSE =
            """
            WITH closed AS (
                UPDATE skein.state
                SET seq = %s, hash = %s, heads = %s%s
                WHERE target = %s AND %s AND %s
                RETURNING target, fingerprint
            ), kept AS (
                INSERT INTO skein.entry(target, %s)
                SELECT target, %s FROM closed
                RETURNING seq
            )
            SELECT (SELECT fingerprint FROM closed) AS skein_fingerprint,
                (CASE
                    WHEN (SELECT count(*) FROM kept) = 1 THEN '1'
                    WHEN %s THEN %s
                    ELSE %s
                END)::int;
            """
                    .replaceAll("\\s*\n\\s*", " ");

    private static final String GUARD =
            """
            SELECT set_config('skein.nonce', '%s', true), %s%s \
            FROM skein.state WHERE target = %s FOR NO KEY UPDATE\
            """;

    private static final String MOVED = "the journal moved on: another holder took over";
    private static final String NO_SCHEMA =
            "the schema is gone: somebody renamed or dropped it meanwhile";
    private static final String ENDED = "the script ended the transaction that Skein opened";

    /** The session's process id and its start: together they name a holder for good. */
    static final String HOLDER =
            "pg_backend_pid(), (SELECT backend_start FROM pg_stat_get_activity(pg_backend_pid()))";

    private final String target;
    private final String nonce;

    /**
     * @param target the database itself (empty), or a schema of it
     * @param nonce letters and digits, new for each transaction
     */
    public JournalSql(String target, String nonce) {
        this.target = SqlLiterals.text(target);
        this.nonce = nonce;
    }

    /** Opens the transaction's guard: aborts unless the journal is in this state. */
    public String guard(JournalState state) {
        return GUARD.formatted(
                nonce,
                AbortCondition.unless(isAt(state), AbortCondition.MOVED_ON, MOVED),
                target.equals("''") ? "" : ", " + isThere(),
                target);
    }

    /** Where its schema is gone, unqualified names would mean the next one in the search path. */
    private String isThere() {
        var found = "EXISTS (SELECT FROM pg_namespace WHERE nspname = " + target + ")";
        return AbortCondition.unless(found, AbortCondition.MOVED_ON, NO_SCHEMA);
    }

    private static String isAt(JournalState state) {
        return "epoch = %s AND seq = %s AND hash = %s AND heads = %s"
                .formatted(
                        String.valueOf(state.epoch()),
                        String.valueOf(state.seq()),
                        SqlLiterals.bytes(state.hash()),
                        SqlLiterals.array(state.heads()));
    }

    /**
     * Closes the transaction's work: state and entry change together, or it is aborted. Gives the
     * fingerprint that is stored now.
     *
     * @param before the state the guard saw
     * @param after the state to leave
     * @param fingerprint an expression for the fingerprint that this transaction leaves
     * @param catalog an expression for the catalog's text; null to leave what is kept
     */
    public String close(
            JournalState before,
            JournalState after,
            Entry entry,
            @Nullable String detail,
            String fingerprint,
            @Nullable String catalog) {
        return closing(
                before,
                after,
                entry,
                detail,
                set(fingerprint, catalog),
                "current_setting('skein.nonce', true) = '" + nonce + "'");
    }

    /** The same as a statement of its own, where there is no work before it. */
    public String append(
            JournalState before,
            JournalState after,
            Entry entry,
            @Nullable String detail,
            String fingerprint,
            @Nullable String catalog) {
        return closing(before, after, entry, detail, set(fingerprint, catalog), "true");
    }

    private static String set(String fingerprint, @Nullable String catalog) {
        return ", fingerprint = " + fingerprint + (catalog == null ? "" : ", catalog = " + catalog);
    }

    private String closing(
            JournalState before,
            JournalState after,
            Entry entry,
            @Nullable String detail,
            String schema,
            String inTransaction) {
        return CLOSE.formatted(
                entry.seq(),
                SqlLiterals.bytes(entry.hash()),
                SqlLiterals.array(after.heads()),
                schema,
                target,
                isAt(before),
                inTransaction,
                EntrySql.COLUMNS,
                EntrySql.values(entry, detail),
                inTransaction,
                AbortCondition.text(AbortCondition.MOVED_ON, MOVED),
                AbortCondition.text(AbortCondition.TRANSACTION_ENDED, ENDED));
    }

    /** Aborts unless the only value of a SELECT is true. */
    public static String verify(String select, String code, String says) {
        return "SELECT " + AbortCondition.unless("(" + select + "\n) IS TRUE", code, says);
    }
}
