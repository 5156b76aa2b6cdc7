// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import dev.skein.engine.ddl.text.DdlStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Puts off what validates constraints, so that many constraints take few revisions: all are added,
 * which is brief, and then all are validated, which is long and hinders nobody. What a check that
 * holds lets be brief ({@code SET NOT NULL}) comes behind the last validation, since nothing long
 * may run under its lock, and before whatever else is done to its table.
 */
final class ValidatedLast {
    private static final Pattern VALIDATE =
            Pattern.compile("(?s)(ALTER TABLE (.+)) VALIDATE CONSTRAINT (.+)");

    private final List<DdlStatement> order = new ArrayList<>();
    private final List<Tail> waiting = new ArrayList<>();

    /**
     * A validation that waits.
     *
     * @param followers what is done as soon as it is over
     */
    private record Tail(DdlStatement validation, String table, List<DdlStatement> followers) {
        /** Whether a statement may need what its followers do, or a parent that its rows hold. */
        boolean isNeededBy(DdlStatement statement) {
            var sql = statement.sql();
            var joins = sql.contains(" ATTACH PARTITION ") || sql.contains(" INHERIT ");
            return (!followers.isEmpty() || joins)
                    && sql.contains(table)
                    && !sql.endsWith(" NOT VALID");
        }
    }

    private ValidatedLast() {}

    static boolean is(DdlStatement statement) {
        return statement.mode() == DdlStatement.Mode.AFTERWARDS
                && VALIDATE.matcher(statement.sql()).matches();
    }

    static List<DdlStatement> of(List<DdlStatement> statements) {
        var last = new ValidatedLast();
        for (int i = 0; i < statements.size(); i++) {
            i += last.take(statements.subList(i, statements.size())) - 1;
        }
        last.validate(last.waiting);
        return last.order;
    }

    /** Takes the first of these, with its followers; gives how many these were. */
    private int take(List<DdlStatement> rest) {
        var statement = rest.getFirst();
        if (is(statement)) {
            var tail = tail(rest);
            waiting.add(tail);
            return 1 + tail.followers().size();
        }
        validate(waiting.stream().filter(tail -> tail.isNeededBy(statement)).toList());
        order.add(statement);
        return 1;
    }

    private static Tail tail(List<DdlStatement> rest) {
        var m = VALIDATE.matcher(rest.getFirst().sql());
        if (!m.matches()) {
            throw new IllegalStateException("no validation: " + rest.getFirst());
        }
        int end = 1;
        while (end < rest.size() && follows(rest.get(end), m.group(1), m.group(3))) {
            end++;
        }
        return new Tail(rest.getFirst(), m.group(2), List.copyOf(rest.subList(1, end)));
    }

    private static boolean follows(DdlStatement statement, String alter, String constraint) {
        var sql = statement.sql();
        return statement.mode() == DdlStatement.Mode.TOGETHER
                && sql.startsWith(alter + " ")
                && (sql.endsWith(" SET NOT NULL")
                        || sql.endsWith(" DROP CONSTRAINT " + constraint));
    }

    private void validate(List<Tail> tails) {
        var now = List.copyOf(tails);
        now.forEach(tail -> order.add(tail.validation()));
        now.forEach(tail -> order.addAll(tail.followers()));
        waiting.removeAll(now);
    }
}
