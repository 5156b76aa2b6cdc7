// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.session.RunContext;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.plan.Planner;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** A run that only says where the database stands. No step is carried out. */
final class RunStamp {
    private final RunContext run;
    private final RunJournal journal;
    private final RunSchema schema;
    private final RunEnding ending;

    RunStamp(RunContext run, RunJournal journal, RunSchema schema, RunEnding ending) {
        this.run = run;
        this.journal = journal;
        this.schema = schema;
        this.ending = ending;
    }

    Outcome stamp(Goal.Stamp goal, List<Envelope> history) {
        var heads = heads(goal);
        var unfinished = UnfinishedWork.of(run.contact(), run.scripts(), journal.heads(), history);
        var same = unfinished.isEmpty() && isAt(heads);
        if (same && run.order().drift() == null && isSchemaKnown()) {
            return unchanged();
        }
        if (!run.isDirected()) {
            journal.fence();
        }
        schema.compare();
        if (same) {
            return unchanged();
        }
        var text = "stamp " + String.join(" ", goal.targets()) + unfinished.inWords();
        var draft = new EntryDraft(heads, text, new EntryBody.Stamped());
        journal.append(ending.withFingerprint(draft), unfinished.forgotten(run.contact()));
        return ending.reached(List.of());
    }

    private List<String> heads(Goal.Stamp goal) {
        Set<String> from = goal.purge() ? Set.of() : Set.copyOf(journal.heads());
        return new Planner(run.scripts().graph(), from).stamp(goal.targets());
    }

    private boolean isAt(List<String> heads) {
        return heads.equals(List.copyOf(new TreeSet<>(journal.heads())));
    }

    private boolean isSchemaKnown() {
        return !(journal.expected() instanceof ExpectedSchema.Unknown);
    }

    private Outcome unchanged() {
        return new Outcome.Done(List.of(), journal.heads(), null);
    }
}
