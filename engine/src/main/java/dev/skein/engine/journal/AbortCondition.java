// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.journal;

import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.SqlLiterals;
import java.util.regex.Pattern;

/**
 * Conditions that end a transaction with an error of our own, in plain SQL: the text of the reason
 * is cast to a number, which fails and brings it back. A block in PL/pgSQL could raise an SQLSTATE
 * instead, but loading and compiling it costs each new session more than the whole journal.
 */
public final class AbortCondition {
    /** The journal is not where the client computed from. */
    public static final String MOVED_ON = "SK001";

    /** The work ended the transaction. */
    public static final String TRANSACTION_ENDED = "SK002";

    private static final String CAST_FAILED = "22P02";
    private static final Pattern TEXT = Pattern.compile("skein (SK\\d{3}): ([^\"»«“”„]*)");

    private AbortCondition() {}

    /** An integer expression that is 1 where the condition is true, and else raises. */
    static String unless(String condition, String code, String says) {
        return "(CASE WHEN " + condition + " THEN '1' ELSE " + text(code, says) + " END)::int";
    }

    /** The text that raises when it is cast. */
    static String text(String code, String says) {
        return SqlLiterals.text("skein " + code + ": " + says);
    }

    /** The SQLSTATE that an error means: ours where one of these aborted, else the server's. */
    public static String code(PgServerError error) {
        var m = TEXT.matcher(error.serverMessage());
        return error.sqlState().equals(CAST_FAILED) && m.find() ? m.group(1) : error.sqlState();
    }

    /** Whether it is one of ours. */
    public static boolean isRaised(PgServerError error) {
        return error.sqlState().equals(CAST_FAILED) && TEXT.matcher(error.serverMessage()).find();
    }

    /** What an error says: our sentence where one of these aborted, else the server's. */
    public static String says(PgServerError error) {
        var m = TEXT.matcher(error.serverMessage());
        return error.sqlState().equals(CAST_FAILED) && m.find()
                ? m.group(2)
                : error.serverMessage();
    }
}
