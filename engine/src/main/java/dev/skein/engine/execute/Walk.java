// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.execute.check.DriftGuard;
import dev.skein.engine.execute.check.FingerprintReading;
import dev.skein.engine.execute.check.Prechecks;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.RevisionFailures;
import dev.skein.engine.execute.session.Patience;
import dev.skein.engine.execute.session.StepFailure;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.execute.session.WatchedSession;
import dev.skein.engine.execute.step.AfterCommit;
import dev.skein.engine.execute.step.BatchStep;
import dev.skein.engine.execute.step.KeptLocks;
import dev.skein.engine.execute.step.NonTransactionalStep;
import dev.skein.engine.execute.step.StepContext;
import dev.skein.engine.execute.step.StepFingerprints;
import dev.skein.engine.execute.step.TransactionalStep;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Direction;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Step;
import dev.skein.engine.postgres.PgServerError;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;

/**
 * Walks a plan. A transactional step is sent while the one before it still runs, so that the server
 * never waits for the client; not more than one ahead, so that a brake stops soon.
 */
final class Walk {
    private static final int AHEAD = 2;
    private static final Duration SHORT = Duration.ofMinutes(2);

    private final TenantSession contact;
    private final MigrationOrder order;
    private final Brake brake;
    private final Progress progress;
    private final Prechecks prechecks;
    private final WatchedSession guarded;
    private final Patience patience;
    private final StepFingerprints print;
    private final KeptLocks locks = new KeptLocks();
    private final List<Step> steps;
    private final List<String> path = new ArrayList<>();
    private JournalState state;
    private boolean hasWaited;
    private long since = System.nanoTime();

    Walk(
            TenantSession contact,
            MigrationOrder order,
            Plan plan,
            Brake brake,
            Progress progress,
            Prechecks prechecks,
            WatchedSession guarded,
            JournalState state) {
        this.contact = contact;
        this.order = order;
        this.steps = plan.steps();
        this.brake = brake;
        this.progress = progress;
        this.prechecks = prechecks;
        this.guarded = guarded;
        this.patience = new Patience(order.limits(), guarded, progress);
        this.state = state;
        this.print = new StepFingerprints(contact.session(), order);
    }

    /** The revisions walked so far. */
    List<String> path() {
        return path;
    }

    JournalState state() {
        return state;
    }

    /**
     * Walks to the end, or to the step where the brake was pulled.
     *
     * @return whether the end was reached
     * @throws MigrationFailed if a step failed for good
     */
    boolean go() {
        if (prechecks.haveAsked()) {
            locks.keep(contact.session());
        }
        while (path.size() < steps.size()) {
            if (brake.isPulled()) {
                return false;
            }
            try {
                next();
            } catch (StepFailure e) {
                bear(steps.get(path.size()), e);
            }
        }
        return true;
    }

    /** Asks what no earlier run saw hold; always true, so that it can stand before the walk. */
    boolean verifyAgain(Set<String> unverified) {
        for (var revision : order.scripts().graph().sorted(unverified)) {
            var step = new Step(Direction.UP, revision, state.heads(), state.heads());
            verifyAfter(context(step));
            hasWaited = true;
        }
        return true;
    }

    /** The checks behind the commit; whoever has to wait for them comes first. */
    private void verifyAfter(StepContext context) {
        while (true) {
            try {
                state = AfterCommit.verify(context, state);
                if (!context.script().verifyAfter().isEmpty()) {
                    locks.keep(contact.session());
                }
                return;
            } catch (StepFailure e) {
                bear(context.step(), e);
            }
        }
    }

    private void bear(Step step, StepFailure e) {
        if (RevisionFailures.isMovedOn(e.error())) {
            throw e.error();
        }
        if (!patience.bears(step, e)) {
            throw e.failure();
        }
        hasWaited = true;
    }

    private void next() {
        int at = path.size();
        var script = order.scripts().get(steps.get(at).revision());
        if (hasWaited || (at > 0 && !isQuick(at))) {
            state = asLeft(context(at), state);
            hasWaited = false;
        }
        if (prechecks.late(steps.get(at))) {
            locks.keep(contact.session());
        }
        if (script.batch() != null) {
            batch(context(at));
        } else if (script.transactional()) {
            stretch();
        } else {
            loose(context(at));
        }
    }

    /**
     * Somebody may have changed the schema while this run waited between two steps, or in a long
     * change of rows. Not asked between steps that follow each other without a pause.
     */
    private JournalState asLeft(StepContext context, JournalState now) {
        if (!order.prints()) {
            return now;
        }
        try {
            return DriftGuard.passAgain(contact, now, order.drift(), progress);
        } catch (PgServerError e) {
            throw new StepFailure(e, context.failures().after(e));
        }
    }

    private void batch(StepContext context) {
        var step =
                new BatchStep(context, state, brake, patience::renew, now -> asLeft(context, now));
        try {
            step.run().ifPresent(this::landed);
        } finally {
            state = path.contains(context.step().revision()) ? state : step.state();
        }
    }

    private void loose(StepContext context) {
        guarded.patient(true);
        var step =
                new NonTransactionalStep(
                        context, state, brake, new FingerprintReading(contact, patience, order));
        try {
            step.run().ifPresent(this::landed);
        } catch (NonTransactionalStep.StepFailed e) {
            state = e.state();
            var error = e.error();
            throw error == null ? e.failure() : new StepFailure(error, e.failure());
        } catch (PgServerError e) {
            if (!Patience.isCancelled(e)) {
                throw e;
            }
            // It hit what is asked between the statements; what ran is found in the catalog.
            state = step.state();
            contact.session().script("RESET lock_timeout; RESET statement_timeout", SHORT);
            throw new StepFailure(e, context.failures().after(e));
        } finally {
            guarded.patient(false);
        }
    }

    /** Runs as many steps as may follow each other closely, at least one. */
    private void stretch() {
        var flights = new ArrayDeque<TransactionalStep>();
        var expected = state;
        int sent = path.size();
        if (sent + 1 < steps.size()) {
            print.prepare();
        }
        try {
            do {
                while (flights.isEmpty() || (flights.size() < AHEAD && mayFollow(sent))) {
                    var flight =
                            flights.isEmpty()
                                    ? TransactionalStep.step(context(sent), expected)
                                    : TransactionalStep.following(context(sent), expected);
                    if (!flights.isEmpty() && !flight.mayFollow()) {
                        break; // what is sent in pieces would be told of the other's failure
                    }
                    sent++;
                    flights.add(flight);
                    flight.depart();
                    expected = flight.after();
                }
                landed(flights.element().land());
                flights.remove();
            } while (!flights.isEmpty());
        } catch (StepFailure | MigrationFailed e) {
            rollBack(flights);
            throw e;
        }
    }

    /** Whether a step is one transaction that nothing is asked before. */
    private boolean isQuick(int index) {
        var script = order.scripts().get(steps.get(index).revision());
        return script.transactional()
                && script.batch() == null
                && !prechecks.isLate(steps.get(index));
    }

    private boolean mayFollow(int next) {
        if (next >= steps.size()
                || brake.isPulled()
                || !TransactionalStep.mayBeFollowed(context(next - 1))) {
            return false;
        }
        return isQuick(next);
    }

    /** Let the remaining messages fail, and leave a clean session. */
    private void rollBack(Deque<TransactionalStep> flights) {
        var rollback = contact.session().send("ROLLBACK");
        flights.forEach(TransactionalStep::abandon);
        contact.session().await(rollback, SHORT);
    }

    private void landed(JournalState after) {
        var step = steps.get(path.size());
        var context = context(path.size());
        state = after;
        path.add(step.revision());
        patience.renew();
        long now = System.nanoTime();
        progress.done(step, Duration.ofNanos(now - since));
        since = now;
        verifyAfter(context);
        hasWaited |= !context.script().verifyAfter().isEmpty();
    }

    private StepContext context(int index) {
        return context(steps.get(index));
    }

    private StepContext context(Step step) {
        return new StepContext(
                contact.session(),
                contact.journal(),
                contact.chain(),
                order.limits(),
                order.scripts().get(step.revision()),
                step,
                print,
                locks,
                progress);
    }
}
