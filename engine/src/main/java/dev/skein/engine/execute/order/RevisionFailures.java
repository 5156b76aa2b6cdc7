// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import dev.skein.engine.journal.AbortCondition;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.ScriptPiece.Statement;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Turns a server's error into one about a revision: statement, file and line. */
public record RevisionFailures(String subject, Script script, String section) {

    /** SQLSTATE of ours: a check gave false, NULL or no row. */
    public static final String VERIFY = "SK010";

    /** SQLSTATE of ours: a session setting was left behind. */
    public static final String LEFT_SETTING = "SK011";

    /** SQLSTATE of ours: a statement would do something else than what was written. */
    public static final String UNLIKE = "SK012";

    /** An enum's value was used in the transaction that added it. */
    private static final String UNSAFE_VALUE = "55P04";

    private static final String NEW_VALUE =
            "A new value of an enum type can be used once it is committed: put ALTER TYPE … ADD"
                    + " VALUE into a revision of its own, before this one";

    public MigrationFailed at(int number, Statement statement, PgServerError error) {
        return at(number, statement, error, error.position());
    }

    /**
     * An error of a statement that was sent among others.
     *
     * @param position where in the statement, in characters from 1; 0 where that is not known
     */
    public MigrationFailed at(int number, Statement statement, PgServerError error, int position) {
        int line = statement.lineAt(position);
        var place = script.file() + ":" + line + ", statement " + number + " of " + section;
        var culprit = new MigrationFailed.Culprit(statement.sql(), position, line);
        return failed(number, place, error, culprit);
    }

    public MigrationFailed after(PgServerError error) {
        return failed(0, script.file() + ", at the end of " + section, error, null);
    }

    public MigrationFailed of(int number, int line, String sqlState, String message, String hint) {
        return of(number, line, sqlState, message, message, hint);
    }

    /**
     * The same.
     *
     * @param told the message without row values
     */
    public MigrationFailed of(
            int number, int line, String sqlState, String message, String told, String hint) {
        var place = script.file() + ":" + line;
        return new MigrationFailed(
                subject, script.id(), number, place, sqlState, message, told, "", "", hint, null);
    }

    /** Whether another holder took the journal over. */
    public static boolean isMovedOn(PgServerError error) {
        return AbortCondition.code(error).equals(AbortCondition.MOVED_ON);
    }

    private MigrationFailed failed(
            int number,
            String place,
            PgServerError error,
            MigrationFailed.@Nullable Culprit culprit) {
        return new MigrationFailed(
                subject,
                script.id(),
                number,
                place,
                AbortCondition.code(error),
                AbortCondition.says(error),
                AbortCondition.isRaised(error)
                        ? AbortCondition.says(error)
                        : error.discreetMessage(written()),
                error.detail(),
                error.object(),
                error.sqlState().equals(UNSAFE_VALUE)
                        ? NEW_VALUE
                        : Objects.requireNonNullElse(error.remedy(), ""),
                culprit);
    }

    /** What people wrote, all of it: a constraint may be checked at the end. */
    private String written() {
        return String.join(
                "\n",
                script.upgrade().sql(),
                script.downgrade().sql(),
                script.verify().sql(),
                script.verifyAfter().sql());
    }
}
