// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A revision that failed on a database, with the place in its file. */
public final class MigrationFailed extends SkeinException {
    private static final long serialVersionUID = 1L;

    private final String revision;
    private final int statement;
    private final String sqlState;
    private final String serverMessage;
    private final String place;
    private final String told;
    private final String detail;
    private final String object;
    private final transient @Nullable Culprit culprit;

    /**
     * The statement that failed, for whoever wrote it. It can hold values and must not travel.
     *
     * @param position where in it the error is, in code points from 1; 0 where that is not known
     * @param line of the file, where the error is, else where the statement begins
     */
    public record Culprit(String sql, int position, int line) {}

    /**
     * @param statement 1-based number in its section; 0 where no statement is to blame
     * @param serverMessage all that the server said; it can hold row values and must not travel
     * @param told the same without row values, with its hint
     * @param detail the server's DETAIL; it can hold row values and must not travel
     */
    MigrationFailed(
            String subject,
            String revision,
            int statement,
            String place,
            String sqlState,
            String serverMessage,
            String told,
            String detail,
            String object,
            String hint,
            @Nullable Culprit culprit) {
        super(
                ErrorCode.FAILED,
                subject,
                "revision "
                        + revision
                        + " failed at "
                        + place
                        + ": "
                        + serverMessage
                        + " ("
                        + sqlState
                        + ")",
                hint);
        this.revision = revision;
        this.statement = statement;
        this.sqlState = sqlState;
        this.serverMessage = serverMessage;
        this.place = place;
        this.told = told;
        this.detail = detail;
        this.object = object;
        this.culprit = culprit;
    }

    public String revision() {
        return revision;
    }

    public int statement() {
        return statement;
    }

    public String sqlState() {
        return sqlState;
    }

    public String serverMessage() {
        return serverMessage;
    }

    /** The server's message without row values. */
    public String discreetMessage() {
        return told;
    }

    @Override
    public String discreet() {
        return "revision %s failed at %s: %s (%s)".formatted(revision, place, told, sqlState);
    }

    /** The server's DETAIL; empty without one. */
    public String detail() {
        return detail;
    }

    /** What must stay in the tenant's database: DETAIL, and the message where it had to be cut. */
    public String kept() {
        if (told.equals(serverMessage)) {
            return detail;
        }
        return detail.isEmpty() ? serverMessage : serverMessage + "\n" + detail;
    }

    /** The statement to blame, where there is one. */
    public Optional<Culprit> culprit() {
        return Optional.ofNullable(culprit);
    }

    /** What equal failures share: SQLSTATE, revision, statement, object. */
    public String signature() {
        return sqlState + " " + revision + "#" + statement + (object.isEmpty() ? "" : " " + object);
    }
}
