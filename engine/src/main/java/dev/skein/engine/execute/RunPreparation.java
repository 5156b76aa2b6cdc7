// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.execute.check.FingerprintReading;
import dev.skein.engine.execute.check.Prechecks;
import dev.skein.engine.execute.check.StepRules;
import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.session.RunContext;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.plan.Plan;
import java.util.List;
import java.util.Optional;

/** What a run does before its first step: it refuses what must not begin, and saves what is. */
final class RunPreparation {
    private final RunContext run;
    private final RunJournal journal;
    private final RunSchema schema;

    RunPreparation(RunContext run, RunJournal journal, RunSchema schema) {
        this.run = run;
        this.journal = journal;
        this.schema = schema;
    }

    /** Refuses, fences, compares, asks and saves, in this order. */
    void prepare(Plan plan, Prechecks prechecks, List<Envelope> history) {
        UnfinishedWork.check(run.contact(), run.scripts(), plan);
        new StepRules(run.subject(), run.scripts()).check(plan);
        if (!run.isDirected() && !journal.fence()) {
            throw new IllegalStateException("only a generation can be superseded");
        }
        schema.compare();
        if (prechecks.askAll(plan)) {
            schema.compare(); // they may have waited, or read for long
        }
        if (!plan.isEmpty()) {
            save(history);
        }
    }

    private void save(List<Envelope> history) {
        var first = run.safeguard().isIdle() ? Optional.<Fingerprint>empty() : firstSeen();
        var said = run.safeguard().before(journal.state(), history);
        if (said.isPresent()) {
            var draft = said.get();
            journal.append(first.map(seen -> draft.withFingerprint(seen.toString())).orElse(draft));
            schema.compare(); // that may have taken hours
        }
    }

    /** The schema of a database that no run has changed yet: what is saved, and must stay so. */
    private Optional<Fingerprint> firstSeen() {
        var isFirst = journal.expected() instanceof ExpectedSchema.Anything;
        return isFirst
                ? Optional.of(new FingerprintReading(run, run.newPatience()).read())
                : Optional.empty();
    }
}
