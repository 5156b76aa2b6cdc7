// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.offline;

import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.journal.EntryChain;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.script.Scripts;
import org.jspecify.annotations.Nullable;

/**
 * Writes a plan as SQL for somebody else to run, such as psql. Written from a database's state, it
 * keeps the journal as a run would, and its guards refuse to run anywhere else or twice. Written
 * without a database, it holds the revisions' SQL alone.
 */
public final class OfflineScript {
    private OfflineScript() {}

    /**
     * A database that a script is written for.
     *
     * @param major the server's major version
     * @param state where its journal stands
     * @param expected how its schema must be before the first statement
     */
    public record ScriptTarget(
            int major, EntryChain chain, JournalState state, ExpectedSchema expected) {}

    /**
     * Writes a plan's SQL.
     *
     * @param scope the database, or a schema of it
     * @param place where it runs; without it the script leaves the journal alone
     */
    public static String of(Plan plan, Scripts scripts, Scope scope, @Nullable ScriptTarget place) {
        var text = new OfflineText();
        text.add("\\set ON_ERROR_STOP on\n"); // psql would go on behind an error
        var session = new OfflineSession(plan, scripts);
        text.add(session.begin());
        var journal =
                place == null || plan.isEmpty()
                        ? null
                        : new OfflineJournal(text, scope.schema(), place);
        if (place != null && journal != null) {
            journal.begin(place.expected());
        }
        for (var step : plan.steps()) {
            var last = step.equals(plan.steps().getLast());
            new OfflineStep(text, scope, journal, step, scripts.get(step.revision())).write(last);
            text.add(session.after(step) + "\n");
        }
        if (journal != null) {
            journal.end();
        }
        if (place == null && !plan.isEmpty()) {
            text.add("-- Afterwards: " + Goal.Stamp.command(plan.to()) + "\n");
        }
        return text.toString();
    }
}
