// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.postgres.PgServerError;
import java.util.ArrayList;
import java.util.List;

/**
 * SQL that is sent as one message, and what a failure of each part of it means. The server parses
 * all of it before it runs any: an error before the first statement completed is found by its
 * position, every other one by the number of statements that completed.
 */
final class StepMessage {
    /** What an error in a part means. */
    interface Meaning {
        /**
         * Words it.
         *
         * @param position where in the part, in characters from 1; 0 where that is not known
         */
        MigrationFailed of(PgServerError error, int position);
    }

    private record Part(int start, int firstStatement, Meaning meaning) {}

    private final StringBuilder text = new StringBuilder();
    private final List<Part> parts = new ArrayList<>();
    private int statements;

    /**
     * Adds SQL.
     *
     * @param count how many statements it is
     */
    StepMessage add(String sql, int count, Meaning meaning) {
        parts.add(new Part(text.codePointCount(0, text.length()), statements, meaning));
        text.append(sql).append("\n;\n"); // on its own line: the SQL may end in a comment
        statements += count;
        return this;
    }

    String text() {
        return text.toString();
    }

    int statements() {
        return statements;
    }

    int length() {
        return text.length();
    }

    /** What an error means, after so many statements had completed. */
    MigrationFailed explain(PgServerError error, int completed) {
        int position = error.position();
        boolean unparsed = completed == 0 && position > 0;
        var part = parts.getFirst();
        for (var candidate : parts) {
            int reached = unparsed ? candidate.start() : candidate.firstStatement();
            part = reached < (unparsed ? position : completed + 1) ? candidate : part;
        }
        return part.meaning().of(error, Math.max(0, position - part.start()));
    }
}
