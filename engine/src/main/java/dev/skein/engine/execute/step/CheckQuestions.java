// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.execute.check.BooleanAnswer;
import dev.skein.engine.execute.order.RevisionFailures;
import dev.skein.engine.execute.session.StepFailure;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.Section;

/** Asks the questions of a section outside the step's transaction; each must give true. */
final class CheckQuestions {
    private CheckQuestions() {}

    static void ask(StepContext context, Section section, String name, String otherwise) {
        var failures = new RevisionFailures(context.session().subject(), context.script(), name);
        int number = 0;
        for (var question : section.statements()) {
            number++;
            if (!isTrue(context, failures, number, question)) {
                throw failures.of(
                        number,
                        question.line(),
                        RevisionFailures.VERIFY,
                        otherwise,
                        "Downgrade the revision, or repair what the check looks at");
            }
        }
    }

    private static boolean isTrue(
            StepContext context, RevisionFailures failures, int number, Statement question) {
        try {
            var sent = context.session().sendCounted(question.sql()).answer();
            var rows = context.session().await(sent, context.bound());
            return Boolean.TRUE.equals(BooleanAnswer.only(rows.value()));
        } catch (PgServerError e) {
            throw new StepFailure(e, failures.at(number, question, e));
        }
    }
}
