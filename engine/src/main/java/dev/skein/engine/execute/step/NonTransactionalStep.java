// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.execute.check.FingerprintReading;
import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.session.SessionSettings;
import dev.skein.engine.execute.session.StepFailure;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Direction;
import java.time.Duration;
import java.util.Optional;

/**
 * Runs a revision whose statements refuse a transaction. Each statement is framed by two entries:
 * INTENT before it, with what recovery needs, and OUTCOME after it, which is what the catalog
 * shows. A run that finds an INTENT without OUTCOME looks into the catalog before it does anything.
 */
public final class NonTransactionalStep {
    private static final Duration QUERY_TIMEOUT = Duration.ofMinutes(2);

    private final StepContext context;
    private final FingerprintReading fingerprint;
    private final NonTransactionalJournal journal;

    public NonTransactionalStep(
            StepContext context, JournalState before, FingerprintReading fingerprint) {
        this.context = context;
        this.fingerprint = fingerprint;
        this.journal = new NonTransactionalJournal(context, before);
    }

    /**
     * Runs what is left of it.
     *
     * @return the state it leaves; nothing where the brake was pulled before its turn came
     * @throws NonTransactionalFailure if a statement failed; earlier ones stand, with their entries
     */
    public Optional<JournalState> run() {
        var turn = NonTransactionalStepLock.take(context);
        if (turn.isEmpty()) {
            return Optional.empty();
        }
        try (var _ = turn.get()) {
            var anew = SessionSettings.anew(context.session().major());
            context.session().script(String.join("; ", anew), QUERY_TIMEOUT);
            runStatements();
            refuseLeftLocks();
            verify();
            return Optional.of(finish());
        }
    }

    /** Where the journal stands, also after a failure. */
    public JournalState state() {
        return journal.state();
    }

    private void runStatements() {
        var past = InterruptedStatement.of(context);
        int statements = context.section().statements().size();
        for (int number = 1; number <= statements; number++) {
            var known = past.get(number);
            if (known == null || !known.isDone()) {
                var cutOff = known == null ? null : known.cutOff();
                NonTransactionalStatement.run(context, journal, number, cutOff);
            }
        }
    }

    private void refuseLeftLocks() {
        try {
            LeftSettings.locksAfter(context);
        } catch (MigrationFailed e) {
            throw journal.failure(e);
        }
    }

    /** The statements stand; without its checks the revision is not applied. */
    private void verify() {
        if (context.step().direction() == Direction.DOWN) {
            return;
        }
        try {
            CheckQuestions.ask(context, context.script().verify(), "verify", "verify is not true");
        } catch (StepFailure e) {
            throw journal.failure(e);
        } catch (MigrationFailed e) {
            throw journal.failure(e);
        }
    }

    private JournalState finish() {
        var draft = StepCargo.end(context);
        context.session().script(String.join("; ", context.fingerprint().forget()), QUERY_TIMEOUT);
        var left = fingerprint.left().map(Fingerprint::toString);
        return journal.append(left.map(draft::withFingerprint).orElse(draft));
    }
}
