// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import io.vertx.pgclient.PgException;
import java.util.Objects;

/**
 * An error that a PostgreSQL server reported. The message holds what may travel; {@link #detail}
 * can hold row values and must stay where the rows are.
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

    public String serverMessage() {
        return error.getErrorMessage();
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
        for (var name : new String[] {error.getConstraint(), error.getColumn(), error.getTable()}) {
            if (name != null && !name.isEmpty()) {
                return name;
            }
        }
        return "";
    }

    /** Whether waiting and trying again can help: lock not available, deadlock, serialization. */
    public boolean isRetriable() {
        return switch (sqlState()) {
            case "55P03", "40P01", "40001" -> true;
            default -> false;
        };
    }
}
