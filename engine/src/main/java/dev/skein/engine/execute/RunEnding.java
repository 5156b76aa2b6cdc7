// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.execute.check.FingerprintReading;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.session.RunContext;
import dev.skein.engine.execute.step.NonTransactionalStatement;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryBody.RevisionVersion;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.postgres.PgServerError;
import java.time.Duration;
import java.util.List;

/** What a run records of how it ended: at its goal, at the brake, or with a failure. */
final class RunEnding {
    private final RunContext run;
    private final RunJournal journal;
    private final FingerprintReading fingerprint;
    private final long began = System.nanoTime();

    RunEnding(RunContext run, RunJournal journal) {
        this.run = run;
        this.journal = journal;
        this.fingerprint = new FingerprintReading(run, run.newPatience());
    }

    /** Ends a run that changed something, or that a directive asked for, with its fingerprint. */
    Outcome reached(List<String> path) {
        var changed = !path.isEmpty() || run.order().goal() instanceof Goal.Stamp;
        if (!changed && !run.isDirected()) {
            return new Outcome.Done(path, journal.heads(), null);
        }
        var left = fingerprint.stored(journal.state());
        var told = left.map(Fingerprint::toString).orElse(null);
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        var body = new EntryBody.Observed(millis);
        journal.append(new EntryDraft(journal.heads(), "", body).withFingerprint(told));
        return new Outcome.Done(path, journal.heads(), left.orElse(null));
    }

    /** What stands is how the schema must be until the run goes on. */
    Outcome held(List<String> path) {
        var unseen = !path.isEmpty() && journal.state().fingerprint() == null;
        if (unseen && !journal.isUnderWay()) {
            fingerprint.left().ifPresent(journal::note);
        }
        return new Outcome.Held(path, journal.heads());
    }

    /** A failure is an entry, unless the journal is another holder's by now. */
    Outcome failed(MigrationFailed e) {
        var now = journal.stored();
        if (now.epoch() != journal.state().epoch()) {
            return new Outcome.Lost(e);
        }
        journal.follow(now);
        try {
            journal.append(failure(e));
            return new Outcome.Failed(e, journal.heads());
        } catch (PgServerError unrecorded) {
            // A full disk, for example. The failure itself matters more, and nothing else happened.
            System.getLogger(Run.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0}: the failure is not in the journal: {1}",
                            run.subject(),
                            unrecorded.found());
            return new Outcome.Refused(e);
        }
    }

    /** Where a person has to put something right first, nobody knows what will be left. */
    private EntryDraft failure(MigrationFailed e) {
        var version = new RevisionVersion(e.revision(), checksum(e.revision()));
        var body = new EntryBody.Failed(version, e.statement(), e.sqlState(), e.signature());
        var draft = new EntryDraft(journal.heads(), e.discreetMessage(), body, null, e.kept());
        return NonTransactionalStatement.NEED_A_PERSON.contains(e.sqlState())
                ? draft
                : withFingerprint(draft);
    }

    private String checksum(String revision) {
        return run.scripts().get(revision).checksum();
    }

    /** With what is there, where nobody knows what was left. */
    EntryDraft withFingerprint(EntryDraft draft) {
        return journal.state().fingerprint() != null
                ? draft
                : fingerprint
                        .left()
                        .map(seen -> draft.withFingerprint(seen.toString()))
                        .orElse(draft);
    }
}
