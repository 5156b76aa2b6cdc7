// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.ddl.text.DdlStatement.Mode;
import java.util.ArrayList;
import java.util.List;

/**
 * As much of a change as fits into one revision.
 *
 * @param transactional whether it runs in one transaction
 */
public record ChangePart(boolean transactional, List<DdlStatement> statements) {
    public ChangePart {
        statements = List.copyOf(statements);
    }

    /** Cuts a change into as few parts as its transactions allow. */
    public static List<ChangePart> of(List<DdlStatement> statements) {
        var parts = new ArrayList<ChangePart>();
        var open = new ArrayList<DdlStatement>();
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

    private static boolean fits(DdlStatement statement, List<DdlStatement> open) {
        var waits =
                statement.mode() == Mode.AFTERWARDS
                        && !(ValidatedLast.is(statement) && ValidatedLast.is(open.getLast()));
        return !waits && kin(open.getFirst()) == kin(statement);
    }

    private static Mode kin(DdlStatement statement) {
        return statement.isAlone() ? statement.mode() : Mode.TOGETHER;
    }

    private static ChangePart part(List<DdlStatement> statements) {
        return new ChangePart(!statements.getFirst().isAlone(), statements);
    }
}
