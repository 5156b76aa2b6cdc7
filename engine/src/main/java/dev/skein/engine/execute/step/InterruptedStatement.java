// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.Json;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Journal;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an earlier run left of one statement.
 *
 * @param outcome as its OUTCOME says; absent where there is only an INTENT
 * @param before what the INTENT noted for recovery
 */
record InterruptedStatement(@Nullable String outcome, Map<String, String> before) {
    /** The outcome of a statement that stands. */
    static final String DONE = "done";

    /** Of one that failed, and of which nothing is left. */
    static final String FAILED = "failed";

    /** Of one that may have done a part of its work. */
    static final String UNKNOWN = "unknown";

    private static final Set<EntryKind> ENDS = Set.of(EntryKind.APPLIED, EntryKind.REVERTED);

    boolean isDone() {
        return DONE.equals(outcome);
    }

    /** What recovery needs, where the statement was begun and never ended; else nothing. */
    @Nullable Map<String, String> cutOff() {
        return outcome == null || outcome.equals(UNKNOWN) ? before : null;
    }

    /**
     * Statements of this step that an earlier run began, by number. An entry counts only if it ran
     * the statement that stands there now; whatever a person stamped since ends its worth.
     */
    static Map<Integer, InterruptedStatement> of(StepContext context) {
        var past = new HashMap<Integer, InterruptedStatement>();
        for (var entry : context.journal().nonTransactionalEntries(context.script().id())) {
            var kind = entry.says().kind();
            if (kind == EntryKind.STAMPED || ENDS.contains(kind)) {
                past.clear();
            } else if (isSame(context, entry)) {
                int number = Objects.requireNonNull(entry.says().statement());
                past.put(
                        number,
                        kind == EntryKind.INTENT
                                ? new InterruptedStatement(null, before(entry.detail()))
                                : new InterruptedStatement(entry.says().outcome(), Map.of()));
            }
        }
        return past;
    }

    private static boolean isSame(StepContext context, Journal.NonTransactionalEntry entry) {
        var number = entry.says().statement();
        var statements = context.section().statements();
        return number != null
                && number >= 1
                && number <= statements.size()
                && entry.sql().equals(statements.get(number - 1).sql());
    }

    private static Map<String, String> before(@Nullable String detail) {
        return detail == null ? Map.of() : Json.texts(detail);
    }
}
