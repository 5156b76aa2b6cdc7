// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.ddl.Statement.Mode;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of a change as fits into one revision.
 *
 * @param transactional whether it runs in one transaction
 */
public record Part(boolean transactional, List<Statement> statements) {
    public Part {
        statements = List.copyOf(statements);
    }

    /** Cuts a change into as few parts as its transactions allow. */
    public static List<Part> of(List<Statement> statements) {
        var parts = new ArrayList<Part>();
        var open = new ArrayList<Statement>();
        for (var statement : ValidatedLast.of(statements)) {
            if (!open.isEmpty() && !fits(statement, open)) {
                parts.add(part(open));
                open.clear();
            }
            open.add(statement);
        }
        if (!open.isEmpty()) {
            parts.add(part(open));
        }
        return parts;
    }

    private static boolean fits(Statement statement, List<Statement> open) {
        var waits =
                statement.mode() == Mode.AFTERWARDS
                        && !(ValidatedLast.is(statement) && ValidatedLast.is(open.getLast()));
        return !waits && kin(open.getFirst()) == kin(statement);
    }

    private static Mode kin(Statement statement) {
        return statement.isAlone() ? statement.mode() : Mode.TOGETHER;
    }

    private static Part part(List<Statement> statements) {
        return new Part(!statements.getFirst().isAlone(), statements);
    }
}
