// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.execute.check.AppliedChecksums;
import dev.skein.engine.execute.check.DriftGuard;
import dev.skein.engine.execute.check.StepRules;
import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.execute.order.Scope;
import dev.skein.engine.execute.session.RenamedSchema;
import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.journal.DatabaseIdentity;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.Scripts;

/** What a run checks before its first step, for those who only want to know. */
public final class PlanChecks {
    private PlanChecks() {}

    /**
     * Refuses what a run would refuse: another place's or schema's journal, edited revisions, a
     * batched change that is under way, a way down that is missing, a statement that would do
     * something else than what is written, a schema that somebody else changed.
     *
     * @param scope the journal's
     * @throws RunRefusal for the first of these reasons
     */
    public static void check(
            PgSession session, Scope scope, JournalState state, Plan plan, Scripts scripts) {
        var target = scope.schema();
        var journal = new Journal(session, target);
        var boundTo = journal.boundTo();
        var here = DatabaseIdentity.here(session, null);
        if (!boundTo.isSame(here)) {
            throw RunRefusal.foreign(session.subject(), boundTo, here);
        }
        RenamedSchema.throwing(RenamedSchema.stranger(session, scope));
        var envelopes = journal.envelopes();
        AppliedChecksums.compare(session.subject(), envelopes, scripts, state.heads());
        BatchProgress.read(session, target)
                .ifPresent(p -> UnfinishedWork.check(session.subject(), p, scripts, plan));
        steps(session.subject(), plan, scripts);
        DriftGuard.refuse(session, target, state);
    }

    /** The same without a database. */
    public static void steps(String subject, Plan plan, Scripts scripts) {
        new StepRules(subject, scripts).check(plan);
    }
}
