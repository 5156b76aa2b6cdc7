// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.relay;

import dev.skein.api.command.AgentFindings;
import dev.skein.api.command.RolloutUnit;
import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutAction;
import dev.skein.api.rollout.RolloutEvent;
import dev.skein.api.store.BackupStore;
import dev.skein.api.store.Continuity;
import dev.skein.api.store.DirectiveStore;
import dev.skein.api.store.DriftStore;
import dev.skein.api.store.EventStore;
import dev.skein.api.store.ForgottenStore;
import dev.skein.api.store.LostDecisions;
import dev.skein.api.store.LostDirectives;
import dev.skein.api.store.LostOutcomes;
import dev.skein.api.store.RolloutStore;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Brings the database in line with what was published from it, by somebody's decision: takes back
 * what it does not know, stops whatever was going on, and lets decisions be taken again.
 */
@ApplicationScoped
public class Reconciliation {
    private final Db db;
    private final Continuity continuity;
    private final LostDecisions decisions;
    private final LostDirectives directives;
    private final LostOutcomes outcomes;
    private final EventStore events;
    private final RolloutStore rollouts;
    private final DirectiveStore issued;
    private final DriftStore drift;
    private final BackupStore backups;
    private final ForgottenStore forgotten;
    private final RolloutUnit unit;
    private final Outbox outbox;

    public Reconciliation(
            Db db,
            Continuity continuity,
            LostDecisions decisions,
            LostDirectives directives,
            LostOutcomes outcomes,
            EventStore events,
            RolloutStore rollouts,
            DirectiveStore issued,
            DriftStore drift,
            BackupStore backups,
            ForgottenStore forgotten,
            RolloutUnit unit,
            Outbox outbox) {
        this.db = db;
        this.continuity = continuity;
        this.decisions = decisions;
        this.directives = directives;
        this.outcomes = outcomes;
        this.events = events;
        this.rollouts = rollouts;
        this.issued = issued;
        this.drift = drift;
        this.backups = backups;
        this.forgotten = forgotten;
        this.unit = unit;
        this.outbox = outbox;
    }

    /**
     * What is done, as it is recorded.
     *
     * @param since when it stopped, and {@code found} why
     * @param adopted how many decisions are taken back into their streams
     * @param left how many do not follow from what is there
     * @param paused rollouts that were going on
     * @param aborted those of which only decisions are left
     * @param withdrawn directives that were newer than those here
     * @param sentAgain whether everything is published again
     * @param tokens how many logins are worthless then
     */
    public record Outcome(
            Instant since,
            String found,
            int adopted,
            long left,
            List<String> paused,
            List<String> aborted,
            int withdrawn,
            boolean sentAgain,
            int tokens,
            String reason) {}

    /** Takes nothing back: what is done is only to be seen. */
    private static final class OnlyLooked extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient Outcome outcome;

        OnlyLooked(Outcome outcome) {
            super("", null, false, false);
            this.outcome = outcome;
        }
    }

    /**
     * What would be done.
     *
     * @throws SkeinException if nothing has stopped
     */
    public Outcome look() {
        try {
            return db.call(tx -> {
                throw new OnlyLooked(reconcile(tx, "", "", true));
            });
        } catch (OnlyLooked e) {
            return e.outcome;
        }
    }

    /**
     * Does it, and lets decisions be taken again.
     *
     * @throws SkeinException if nothing has stopped
     */
    public Outcome run(String reason, String actor) {
        return db.call(tx -> reconcile(tx, reason, actor, false));
    }

    private Outcome reconcile(Db.Tx tx, String reason, String actor, boolean looks) {
        continuity.lock(tx); // of two at once, the second one finds nothing to do
        var stop = continuity.stopped(tx).orElseThrow(Reconciliation::nothing);
        var known = new TreeSet<>(rollouts.active(tx));
        lockHeads(tx, known);
        var tokens = outcomes.revokeTokens(tx);
        continuity.goOn(tx);
        var adopted = decisions.adopt(tx);
        var withdrawn = directives.withdraw(tx);
        adopted.forEach(one -> follow(tx, one, known));
        var paused = new ArrayList<String>();
        var aborted = new ArrayList<String>();
        var why = "the control plane's database was brought in line: " + reason;
        for (var id : known) {
            stop(tx, id, why, actor, looks, paused, aborted);
        }
        var again = !PublishedComparison.isBehindOnly(stop.found());
        if (again) {
            outbox.again(tx);
        }
        var outcome =
                new Outcome(
                        stop.since(),
                        stop.found(),
                        adopted.stream().mapToInt(one -> one.events().size()).sum(),
                        adopted.stream().mapToLong(LostDecisions.Adopted::left).sum(),
                        paused,
                        aborted,
                        withdrawn,
                        again,
                        tokens,
                        reason);
        events.appendAlone(tx, "control", "control.Reconciled", outcome, actor);
        return outcome;
    }

    private void lockHeads(Db.Tx tx, Set<String> known) {
        var streams = new TreeSet<>(decisions.streams(tx));
        known.forEach(id -> streams.add(RolloutStore.stream(id)));
        streams.forEach(stream -> events.lock(tx, stream));
    }

    private static SkeinException nothing() {
        return SkeinException.failed(
                "The control plane", "it decides: there is nothing to bring in line", "");
    }

    /** What rows say of decisions that were taken back. */
    private void follow(Db.Tx tx, LostDecisions.Adopted adopted, Set<String> known) {
        for (var event : adopted.events()) {
            switch (event.type()) {
                case "drift.Decided" -> drift.apply(tx, event.payload(DriftStore.Decided.class));
                case "database.Forgotten" ->
                        forgotten.apply(tx, event.payload(ForgottenStore.Database.class));
                case "agent.Forgotten" ->
                        forgotten.apply(tx, event.payload(ForgottenStore.Agent.class));
                case "backup.Tried" -> {
                    var tried = event.payload(AgentFindings.Tried.class);
                    var says = tried.says().isEmpty() ? null : tried.says();
                    backups.tried(tx, tried.uid(), tried.sha256(), tried.trial(), says);
                }
                default -> RolloutStore.idOf(event.stream()).ifPresent(known::add);
            }
        }
        RolloutStore.idOf(adopted.stream()).ifPresent(id -> follow(tx, id, adopted));
    }

    private void follow(Db.Tx tx, String id, LostDecisions.Adopted adopted) {
        var state = rollouts.lock(tx, id).state();
        rollouts.tallies(tx, id);
        String approver = null;
        for (var event : adopted.events()) {
            switch (event.payload(RolloutEvent.class)) {
                case RolloutEvent.Approved approved -> approver = approved.by();
                case RolloutEvent.Skipped skipped -> issued.skip(tx, id, skipped);
                default -> {} // the state has it
            }
        }
        rollouts.project(tx, id, state, approver);
    }

    /** What goes on stands still; what an agent is at is held, under a newer generation. */
    private void stop(
            Db.Tx tx,
            String id,
            String why,
            String actor,
            boolean looks,
            List<String> paused,
            List<String> aborted) {
        var locked = rollouts.lock(tx, id);
        rollouts.tallies(tx, id);
        outcomes.setAside(tx, id, over(locked.state()));
        outcomes.unhold(tx, id);
        var isOver = locked.state() instanceof Rollout.Ended;
        if (!isOver && !rollouts.hasRow(tx, id)) {
            aborted.add(id);
            apply(tx, locked, new RolloutAction.Abort(actor, why), actor, looks);
        } else if (locked.state() instanceof Rollout.Active) {
            paused.add(id);
            apply(tx, locked, new RolloutAction.Pause(actor, why), actor, looks);
        }
        if (!looks) {
            hold(tx, rollouts.lock(tx, id).state());
        }
    }

    /** All of it at once: nothing of before goes out under an older generation. */
    private void hold(Db.Tx tx, Rollout state) {
        if (state instanceof Rollout.Stopped || state instanceof Rollout.Ended) {
            int held;
            do {
                held = issued.hold(tx, RolloutUnit.order(state));
            } while (held > 0);
        }
    }

    private void apply(
            Db.Tx tx,
            RolloutStore.Locked locked,
            RolloutAction command,
            String actor,
            boolean looks) {
        if (!looks) {
            unit.apply(tx, locked, command, actor);
        }
    }

    /** How many of its waves are over. */
    private static int over(Rollout state) {
        return switch (state) {
            case Rollout.Active active -> active.wave();
            case Rollout.Stopped stopped -> stopped.was().wave();
            case Rollout.Ended ended when ended.kind().equals("completed") -> Integer.MAX_VALUE;
            case Rollout.Ended ended -> 0;
            case Rollout.Proposed proposed -> 0;
            case Rollout.Absent absent -> 0;
        };
    }
}
