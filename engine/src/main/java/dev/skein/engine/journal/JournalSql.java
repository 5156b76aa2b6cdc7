// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.Resources;
import dev.skein.engine.postgres.Sql;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The statements that keep a journal true. A transaction is: {@link #guard} first, then the work,
 * then {@link #close}. The guard lets nothing run unless the journal is where the client believes;
 * the closing statement changes heads, state and entries together, and only in the transaction that
 * the guard opened, which the nonce shows: a COMMIT inside the work loses the nonce.
 *
 * <p>SQLSTATEs of our own: SK001 the journal moved on, SK002 the transaction was ended by the work.
 */
public final class JournalSql {
    /** SQLSTATE: the journal is not where the client computed from. */
    public static final String MOVED_ON = "SK001";

    /** SQLSTATE: the work ended the transaction. */
    public static final String TRANSACTION_ENDED = "SK002";

    private final String target;
    private final String nonce;

    /**
     * @param target the database itself (empty), or a schema of it
     * @param nonce letters and digits, new for each transaction
     */
    public JournalSql(String target, String nonce) {
        this.target = Sql.text(target);
        this.nonce = nonce;
    }

    /** Creates the journal and its first entry, in one transaction. */
    static String create(String target, JournalState state, Entry first, Identity id) {
        return "BEGIN; "
                + Resources.text(JournalSql.class, "journal.sql")
                + "INSERT INTO skein.state(target, uid, incarnation, seq, hash, system_identifier,"
                + " database_oid, place) VALUES ("
                + String.join(
                        ", ",
                        Sql.text(target),
                        Sql.text(state.uid()),
                        Sql.text(state.incarnation()),
                        String.valueOf(first.seq()),
                        Sql.bytes(first.hash()),
                        Sql.text(id.systemIdentifier()),
                        String.valueOf(id.databaseOid()),
                        Sql.text(id.place()))
                + "); INSERT INTO skein.relay VALUES ("
                + Sql.text(target)
                + ", 0); "
                + insert(Sql.text(target), first, null)
                + " COMMIT;";
    }

    /** Opens the transaction's guard: raises SK001 unless the journal is in this state. */
    public String guard(JournalState state) {
        return "SET LOCAL skein.nonce = '"
                + nonce
                + "'; "
                + block(
                        "DECLARE s record; h text[]; BEGIN SELECT epoch, seq, hash INTO s"
                                + " FROM skein.state WHERE target = "
                                + target
                                + " FOR NO KEY UPDATE; SELECT coalesce(array_agg(revision ORDER BY"
                                + " revision COLLATE \"C\"), '{}') INTO h FROM skein.head WHERE"
                                + " target = "
                                + target
                                + "; IF s.epoch IS DISTINCT FROM "
                                + state.epoch()
                                + " OR s.seq IS DISTINCT FROM "
                                + state.seq()
                                + " OR s.hash IS DISTINCT FROM "
                                + Sql.bytes(state.hash())
                                + " OR h IS DISTINCT FROM "
                                + Sql.array(state.heads())
                                + " THEN RAISE EXCEPTION USING ERRCODE = 'SK001', MESSAGE ="
                                + " 'the journal moved on: another holder took over'; END IF; END");
    }

    /**
     * Closes the transaction's work: heads, state and entry change together.
     *
     * @param before the state the guard saw
     * @param headsAfter the heads to leave
     * @param printKnown whether the stored fingerprint is what this transaction leaves; else it is
     *     forgotten
     */
    public String close(
            JournalState before,
            List<String> headsAfter,
            Entry entry,
            @Nullable String detail,
            boolean printKnown) {
        var gone = new ArrayList<>(before.heads());
        gone.removeAll(headsAfter);
        var come = new ArrayList<>(headsAfter);
        come.removeAll(before.heads());
        var sql = new StringBuilder("DECLARE n bigint; BEGIN ");
        sql.append("IF current_setting('skein.nonce', true) IS DISTINCT FROM '")
                .append(nonce)
                .append("' THEN RAISE EXCEPTION USING ERRCODE = 'SK002', MESSAGE =")
                .append(" 'the script ended the transaction that Skein opened'; END IF; ");
        if (!gone.isEmpty()) {
            sql.append("DELETE FROM skein.head WHERE target = ").append(target);
            sql.append(" AND revision = ANY (").append(Sql.array(gone)).append("); ");
            expect(sql, gone.size());
        }
        if (!come.isEmpty()) {
            sql.append("INSERT INTO skein.head SELECT ").append(target);
            sql.append(", unnest(").append(Sql.array(come)).append("); ");
        }
        sql.append("UPDATE skein.state SET seq = ").append(entry.seq());
        sql.append(", hash = ").append(Sql.bytes(entry.hash()));
        sql.append(printKnown ? "" : ", fingerprint = NULL");
        sql.append(" WHERE target = ").append(target);
        sql.append(" AND seq = ").append(before.seq());
        sql.append(" AND epoch = ").append(before.epoch()).append("; ");
        expect(sql, 1);
        sql.append(insert(target, entry, detail)).append(" END");
        return block(sql.toString());
    }

    private static void expect(StringBuilder sql, int rows) {
        sql.append("GET DIAGNOSTICS n = ROW_COUNT; IF n <> ").append(rows);
        sql.append(" THEN RAISE EXCEPTION USING ERRCODE = 'SK001', MESSAGE =");
        sql.append(" 'the journal moved on: another holder took over'; END IF; ");
    }

    private static String insert(String target, Entry entry, @Nullable String detail) {
        var body =
                entry.body() == null
                        ? ""
                        : new String(entry.body(), java.nio.charset.StandardCharsets.UTF_8);
        return "INSERT INTO skein.entry(target, seq, incarnation, envelope, salt, body, prev_hash,"
                + " hash, detail, at) VALUES ("
                + String.join(
                        ", ",
                        target,
                        String.valueOf(entry.seq()),
                        Sql.text(entry.incarnation()),
                        Sql.bytes(entry.envelope()),
                        Sql.bytes(entry.salt()),
                        "convert_to(" + Sql.text(body) + ", 'UTF8')",
                        Sql.bytes(entry.prevHash()),
                        Sql.bytes(entry.hash()),
                        Sql.nullable(detail),
                        "clock_timestamp()")
                + ");";
    }

    /** Raises unless the only value of a SELECT is true. */
    public String verify(String select, String sqlState, String message) {
        return block(
                "BEGIN IF ("
                        + select
                        + "\n) IS NOT TRUE THEN RAISE EXCEPTION USING ERRCODE = '"
                        + sqlState
                        + "', MESSAGE = "
                        + Sql.text(message)
                        + "; END IF; END");
    }

    private String block(String body) {
        var tag = "$skein" + nonce + "$";
        return "DO " + tag + body + tag + ";";
    }
}
