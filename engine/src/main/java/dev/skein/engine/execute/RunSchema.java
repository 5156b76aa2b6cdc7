// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.execute.check.DriftGuard;
import dev.skein.engine.execute.check.RunDrift;
import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.SchemaDrift;
import dev.skein.engine.execute.session.Patience;
import dev.skein.engine.execute.session.RunContext;
import java.util.Optional;

/** The schema as a run finds it, held against what the journal left of it. */
final class RunSchema {
    private final RunContext run;
    private final RunJournal journal;
    private final Patience patience;
    private boolean wasSeen;

    /**
     * @param wasSeen whether this run has compared it before, over a connection that broke
     */
    RunSchema(RunContext run, RunJournal journal, boolean wasSeen) {
        this.run = run;
        this.journal = journal;
        this.patience = run.newPatience();
        this.wasSeen = wasSeen;
    }

    /** Refuses what nobody accepted; what nobody can know is an entry. */
    void compare() {
        if (!run.order().fingerprints() || (wasSeen && journal.isUnderWay())) {
            return; // what is under way this run began itself, behind its first look
        }
        wasSeen = true;
        var drift = new RunDrift(run);
        journal.follow(patience.reading(() -> drift.compare(journal.state())));
    }

    /** Changes nothing, and says what `check` would. */
    void report() {
        if (!run.order().fingerprints()) {
            return;
        }
        switch (journal.expected()) {
            case ExpectedSchema.Unknown unknown ->
                    run.progress().staysUnknown(unknown, journal.heads());
            case ExpectedSchema.Known _ ->
                    patience.reading(this::drift).ifPresent(run.progress()::staysDrifted);
            case ExpectedSchema.Anything _ -> {} // no run has left anything
        }
    }

    private Optional<SchemaDrift> drift() {
        return DriftGuard.drift(run.session(), run.contact().target(), journal.state());
    }
}
