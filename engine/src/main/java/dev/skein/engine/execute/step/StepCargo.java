// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.script.ScriptPiece.Statement;
import java.util.List;

/**
 * What a transaction of a step carries between guard and closing statement.
 *
 * @param first the first statement's number in its section
 * @param checks whether the section's checks come with it
 * @param fingerprint whether it stores the fingerprint it leaves
 * @param follows whether another step may not be committed yet
 */
record StepCargo(
        List<Statement> statements,
        int first,
        EntryDraft draft,
        boolean checks,
        boolean fingerprint,
        boolean follows) {

    /** A whole revision, or its end with other statements than its section's. */
    static StepCargo revision(StepContext context, List<Statement> statements, boolean follows) {
        var up = context.step().direction() == Direction.UP;
        return new StepCargo(statements, 1, end(context), up, true, follows);
    }

    /** One statement of a revision outside a transaction, with its OUTCOME. */
    static StepCargo single(
            StepContext context, List<String> heads, int number, Statement statement) {
        var done = InterruptedStatement.DONE;
        var body = new EntryBody.StatementOutcome(context.version(), number, done);
        var draft = new EntryDraft(heads, statement.sql(), body);
        return new StepCargo(List.of(statement), number, draft, false, false, false);
    }

    /** What the journal says of a revision that is done. */
    static EntryDraft end(StepContext context) {
        var version = context.version();
        return new EntryDraft(
                context.step().headsAfter(),
                context.section().sql(),
                context.step().direction() == Direction.UP
                        ? new EntryBody.Applied(version)
                        : new EntryBody.Reverted(version));
    }
}
