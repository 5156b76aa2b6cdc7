// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.execute.check.AppliedChecksums;
import dev.skein.engine.execute.check.DriftGuard;
import dev.skein.engine.execute.check.FingerprintReading;
import dev.skein.engine.execute.check.Prechecks;
import dev.skein.engine.execute.check.StepRules;
import dev.skein.engine.execute.check.UnknownHeadsAdvice;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.ExpectedSchema;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.execute.order.UnapprovedPath;
import dev.skein.engine.execute.session.Patience;
import dev.skein.engine.execute.session.SafeguardWatch;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.execute.session.WatchedSession;
import dev.skein.engine.execute.step.AfterCommit;
import dev.skein.engine.execute.step.NonTransactionalStep;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryBody.RevisionVersion;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Planner;
import dev.skein.engine.plan.UnknownHeads;
import dev.skein.engine.postgres.PgServerError;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One run under the lock, from the fenced journal to the last entry. */
final class Run {
    private final TenantSession contact;
    private final MigrationOrder order;
    private final Brake brake;
    private final Progress progress;
    private final WatchedSession guarded;
    private final Prechecks prechecks;
    private final Patience patience;
    private final FingerprintReading print;
    private final String subject;
    private final long began = System.nanoTime();
    private final @Nullable Plan begun;
    private final SafeguardWatch guardian;
    private JournalState state;
    private boolean goesOn;

    Run(
            TenantSession contact,
            MigrationOrder order,
            Brake brake,
            Progress progress,
            WatchedSession guarded,
            @Nullable Plan begun,
            SafeguardWatch guardian) {
        this.guardian = guardian;
        this.begun = begun;
        this.goesOn = begun != null;
        this.contact = contact;
        this.order = order;
        this.brake = brake;
        this.progress = progress;
        this.guarded = guarded;
        this.state = contact.state();
        this.subject = contact.session().subject();
        this.patience = new Patience(order.limits(), guarded, progress);
        this.print = new FingerprintReading(contact, patience, order);
        this.prechecks = new Prechecks(contact.session(), order.scripts(), patience);
    }

    Outcome go() {
        var directed = order.author().generation() != null;
        if (directed && !fence()) {
            return new Outcome.Superseded(contact.journal().read().orElseThrow().accepted());
        }
        if (answered()) {
            return new Outcome.Answered(state.heads());
        }
        // A first revision may have begun without a head to show for it.
        var envelopes = state.seq() <= 1 ? List.<Envelope>of() : contact.journal().envelopes();
        if (order.goal() instanceof Goal.Stamp stamp) {
            return stamp(stamp, envelopes);
        }
        var plan = plan(envelopes);
        AppliedChecksums.compare(subject, envelopes, order.scripts(), state.heads());
        var unverified = AfterCommit.unverified(envelopes, order.scripts(), state.heads());
        unverified.removeAll(plan.path()); // what is taken back needs to hold no more
        var asked = directed || order.drift() != null;
        if (plan.isEmpty() && unverified.isEmpty() && !asked) {
            return nothingToDo();
        }
        UnfinishedWork.check(contact, order.scripts(), plan);
        new StepRules(subject, order.scripts()).check(plan);
        if (!directed && !fence()) {
            throw new IllegalStateException("only a generation can be superseded");
        }
        pass();
        if (prechecks.all(plan)) {
            pass(); // they may have waited, or read for long
        }
        if (!plan.isEmpty()) {
            safe(envelopes);
        }
        progress.planned(plan);
        return walk(plan, unverified);
    }

    /** Changes nothing, and says what `check` would. */
    private Outcome nothingToDo() {
        if (order.prints()) {
            switch (expected()) {
                case ExpectedSchema.Unknown unknown ->
                        progress.staysUnknown(unknown, state.heads());
                case ExpectedSchema.Known _ ->
                        patience.reading(() ->
                                        DriftGuard.drift(
                                                contact.session(), contact.target(), state))
                                .ifPresent(progress::staysDrifted);
                case ExpectedSchema.Anything _ -> {} // no run has left anything
            }
        }
        return new Outcome.Done(List.of(), state.heads(), null);
    }

    private void pass() {
        if (!order.prints() || (goesOn && contact.journal().isUnderWay())) {
            return; // what is under way this run began itself, behind its first look
        }
        goesOn = true;
        state = patience.reading(() -> DriftGuard.pass(contact, state, order.drift(), progress));
    }

    private void safe(List<Envelope> envelopes) {
        var first = guardian.isIdle() ? Optional.<Fingerprint>empty() : firstSeen();
        var said = guardian.before(state, envelopes);
        if (said.isPresent()) {
            var draft = said.get();
            append(state, first.map(seen -> draft.withFingerprint(seen.toString())).orElse(draft));
            pass(); // that may have taken hours
        }
    }

    /** The schema of a database that no run has changed yet: what is saved, and must stay so. */
    private Optional<Fingerprint> firstSeen() {
        var isFirst = expected() instanceof ExpectedSchema.Anything;
        return isFirst ? Optional.of(print.read()) : Optional.empty();
    }

    private boolean fence() {
        var fenced = contact.fence();
        fenced.ifPresent(now -> state = now);
        return fenced.isPresent();
    }

    private Plan plan(List<Envelope> history) {
        if (begun != null) {
            return begun.rest(state.heads()).orElseThrow(this::movedAway);
        }
        try {
            return approved(plan(new Planner(order.scripts().graph(), state.heads())));
        } catch (UnknownHeads e) {
            var found = UnknownHeadsAdvice.inWords(e.unknown(), history);
            throw new UnknownHeads(e.unknown(), subject, found);
        }
    }

    private Plan approved(Plan plan) {
        var path = order.approved();
        if (path != null && !path.covers(plan.path())) {
            throw UnapprovedPath.way(subject, state.heads(), plan.path(), path);
        }
        return plan;
    }

    private RunRefusal movedAway() {
        return new RunRefusal(
                subject,
                "somebody else moved it to " + String.join(", ", state.heads()) + " meanwhile",
                "Look at its history: skein current, skein history -i");
    }

    private Plan plan(Planner planner) {
        return switch (order.goal()) {
            case Goal.Upgrade up -> planner.upgrade(up.target());
            case Goal.Downgrade down -> planner.downgrade(down.target());
            case Goal.TakeBack back -> planner.takeBack(back.ids());
            case Goal.Stamp stamp -> throw new IllegalStateException("stamps have no plan");
        };
    }

    private Outcome walk(Plan plan, Set<String> unverified) {
        var walk = new Walk(contact, order, plan, brake, progress, prechecks, guarded, state);
        try {
            var reached = walk.verifyAgain(unverified) && walk.go();
            state = walk.state();
            return reached ? observe(walk.path()) : held(walk.path());
        } catch (MigrationFailed e) {
            state = walk.state();
            return failed(e);
        }
    }

    /** What stands is how the schema must be until the run goes on. */
    private Outcome held(List<String> path) {
        var unseen = !path.isEmpty() && state.fingerprint() == null;
        if (unseen && !contact.journal().isUnderWay()) {
            print.left().ifPresent(seen -> state = contact.journal().note(state, seen.toString()));
        }
        return new Outcome.Held(path, state.heads());
    }

    private Outcome failed(MigrationFailed e) {
        var now = contact.journal().read().orElseThrow();
        if (now.epoch() != state.epoch()) {
            return new Outcome.Lost(e); // it is another holder's by now
        }
        state = now;
        var draft =
                new EntryDraft(
                        now.heads(),
                        e.told(),
                        new EntryBody.Failed(
                                version(e.revision()), e.statement(), e.sqlState(), e.signature()),
                        null,
                        e.kept());
        try {
            append(now, withPrint(draft, e));
            return new Outcome.Failed(e, state.heads());
        } catch (PgServerError unrecorded) {
            // A full disk, for example. The failure itself matters more, and nothing else happened.
            System.getLogger(Run.class.getName())
                    .log(
                            System.Logger.Level.WARNING,
                            "{0}: the failure is not in the journal: {1}",
                            subject,
                            unrecorded.found());
            return new Outcome.Refused(e);
        }
    }

    private RevisionVersion version(String revision) {
        return new RevisionVersion(revision, order.scripts().get(revision).checksum());
    }

    /** Where a person has to put something right first, nobody knows what will be left. */
    private EntryDraft withPrint(EntryDraft draft, MigrationFailed e) {
        return NonTransactionalStep.NEED_A_PERSON.contains(e.sqlState()) ? draft : withPrint(draft);
    }

    /** With what is there, where nobody knows what was left. */
    private EntryDraft withPrint(EntryDraft draft) {
        return state.fingerprint() != null
                ? draft
                : print.left().map(seen -> draft.withFingerprint(seen.toString())).orElse(draft);
    }

    private Outcome stamp(Goal.Stamp stamp, List<Envelope> envelopes) {
        var graph = order.scripts().graph();
        Set<String> from = stamp.purge() ? Set.of() : Set.copyOf(state.heads());
        var heads = new Planner(graph, from).stamp(stamp.targets());
        var unfinished = UnfinishedWork.of(contact, order.scripts(), state.heads(), envelopes);
        var same = unfinished.isEmpty() && heads.equals(List.copyOf(new TreeSet<>(state.heads())));
        if (same && order.drift() == null && !(expected() instanceof ExpectedSchema.Unknown)) {
            return new Outcome.Done(List.of(), state.heads(), null);
        }
        if (order.author().generation() == null) {
            fence();
        }
        pass();
        if (same) {
            return new Outcome.Done(List.of(), state.heads(), null);
        }
        var text = "stamp " + String.join(" ", stamp.targets()) + unfinished.inWords();
        var draft = new EntryDraft(heads, text, new EntryBody.Stamped());
        state = contact.append(state, withPrint(draft), unfinished.forgotten(contact));
        return observe(List.of());
    }

    private ExpectedSchema expected() {
        return ExpectedSchema.of(contact.session(), contact.target(), state);
    }

    /** Ends a run that changed something, or that a directive asked for, with its fingerprint. */
    private Outcome observe(List<String> path) {
        var changed = !path.isEmpty() || order.goal() instanceof Goal.Stamp;
        if (!changed && order.author().generation() == null) {
            return new Outcome.Done(path, state.heads(), null);
        }
        var left = print.stored(state);
        var told = left.map(Fingerprint::toString).orElse(null);
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        append(
                state,
                new EntryDraft(state.heads(), "", new EntryBody.Observed(millis))
                        .withFingerprint(told));
        return new Outcome.Done(path, state.heads(), left.orElse(null));
    }

    /** Whether an earlier run ended for this generation, so that a redelivery adds nothing. */
    private boolean answered() {
        var generation = order.author().generation();
        if (generation == null) {
            return false;
        }
        var entries = contact.journal().after(state.seq() - 1, 1, 0);
        if (entries.isEmpty()) {
            return false;
        }
        var last = Envelope.parse(entries.getLast().envelope());
        var ended = last.kind() == EntryKind.OBSERVED || last.kind() == EntryKind.FAILED;
        return ended && generation.equals(last.generation());
    }

    private void append(JournalState before, EntryDraft draft) {
        state = contact.append(before, draft);
    }
}
