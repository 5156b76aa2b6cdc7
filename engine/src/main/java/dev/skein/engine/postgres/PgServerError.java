// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import io.vertx.pgclient.PgException;
import java.util.Objects;

/**
 * An error that a PostgreSQL server reported. It can hold row values and must stay where the rows
 * are; what may travel is {@link #discreet}.
 */
public final class PgServerError extends SkeinException {
    private static final long serialVersionUID = 1L;

    private final transient PgException error;

    PgServerError(String subject, PgException error) {
        super(
                ErrorCode.FAILED,
                subject,
                "the server says: " + error.getErrorMessage() + " (" + error.getSqlState() + ")",
                Objects.requireNonNullElse(error.getHint(), ""),
                error);
        this.error = error;
    }

    /** The five-character SQLSTATE. */
    public String sqlState() {
        return error.getSqlState();
    }

    /** The server's message. It may contain row values, as the whole error may. */
    public String serverMessage() {
        return error.getErrorMessage();
    }

    /** The server's message without row values, for those who may not see any. */
    public String discreetMessage() {
        return discreetMessage("");
    }

    /**
     * The same.
     *
     * @param script what the server was asked for: the words in it are no row's values
     */
    public String discreetMessage(String script) {
        return MessageRedaction.message(error, script);
    }

    /** The server's hint without row values; empty without one. */
    public String discreetHint() {
        return MessageRedaction.hint(error);
    }

    @Override
    public String discreet() {
        var hint = discreetHint();
        return "the server says: %s (%s)".formatted(discreetMessage(), sqlState())
                + (hint.isEmpty() ? "" : ". " + hint);
    }

    /** The server's DETAIL, empty without one. It may contain row values. */
    public String detail() {
        return Objects.requireNonNullElse(error.getDetail(), "");
    }

    /** Where in the sent text, in characters from 1; 0 where the server does not say. */
    public int position() {
        var position = error.getPosition();
        return position == null || position.isEmpty() ? 0 : Integer.parseInt(position);
    }

    /** The object the error is about: a constraint, column, table or type, as far as known. */
    public String object() {
        if (MessageRedaction.isRaised(error)) {
            return ""; // who raises it may name anything
        }
        for (var name : new String[] {error.getConstraint(), error.getColumn(), error.getTable()}) {
            if (name != null && !name.isEmpty()) {
                return name;
            }
        }
        return "";
    }

    /** Whether the server ended the session: an administrator's word, a crash, a shutdown. */
    public boolean isShutDown() {
        return sqlState().startsWith("57P");
    }

    /** Whether the statement was ended, by its bound or by somebody's word. */
    public boolean isCancelled() {
        return sqlState().equals("57014");
    }

    /** Whether waiting and trying again can help: lock not available, deadlock, serialization. */
    public boolean isRetriable() {
        return switch (sqlState()) {
            case "55P03", "40P01", "40001" -> true;
            default -> false;
        };
    }

    /**
     * Whether a statement that was prepared before is not what its tables are now: somebody has
     * changed the schema since, and nothing was run.
     */
    public boolean isStale() {
        return switch (sqlState()) {
            case "0A000" -> "RevalidateCachedQuery".equals(error.getRoutine());
            case "08P01" -> "exec_bind_message".equals(error.getRoutine());
            default -> false;
        };
    }
}
