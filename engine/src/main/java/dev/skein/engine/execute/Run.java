// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.journal.Draft;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Planner;
import dev.skein.engine.plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** One run under the lock, from the fenced journal to the last entry. */
final class Run {
    private final Contact contact;
    private final Order order;
    private final Brake brake;
    private final Progress progress;
    private final Prechecks prechecks;
    private final long began = System.nanoTime();
    private final List<String> path = new ArrayList<>();
    private JournalState state;

    Run(Contact contact, Order order, Brake brake, Progress progress, JournalState fenced) {
        this.contact = contact;
        this.order = order;
        this.brake = brake;
        this.progress = progress;
        this.state = fenced;
        this.prechecks = new Prechecks(contact.session(), order.scripts());
    }

    Outcome go() {
        if (answered()) {
            return new Outcome.Answered(state.heads());
        }
        var envelopes =
                state.heads().isEmpty() ? List.<Envelope>of() : contact.journal().envelopes();
        if (order.goal() instanceof Goal.Stamp stamp) {
            return stamp(stamp);
        }
        var plan = plan();
        Applied.compare(contact.session().subject(), envelopes, order.scripts(), state.heads());
        new Backwards(contact.session().subject(), order.scripts()).check(plan);
        prechecks.all(plan);
        progress.planned(plan);
        return walk(plan);
    }

    private Plan plan() {
        var planner = new Planner(order.scripts().graph(), state.heads());
        return switch (order.goal()) {
            case Goal.Upgrade up -> planner.upgrade(up.target());
            case Goal.Downgrade down -> planner.downgrade(down.target());
            case Goal.Stamp stamp -> throw new IllegalStateException("stamps have no plan");
        };
    }

    private Outcome walk(Plan plan) {
        var last = plan.isEmpty() ? "" : plan.steps().getLast().revision();
        for (var step : plan.steps()) {
            if (brake.isPulled()) {
                return new Outcome.Held(path, state.heads());
            }
            try {
                one(step, step.revision().equals(last));
            } catch (MigrationFailed e) {
                return failed(e);
            } catch (LooseStep.StepFailed e) {
                state = e.state();
                return failed(e.error());
            }
        }
        return observe();
    }

    private void one(Step step, boolean last) {
        var script = order.scripts().get(step.revision());
        prechecks.late(step);
        var context =
                new StepContext(
                        contact.session(),
                        contact.journal(),
                        contact.chain(),
                        order.limits(),
                        script,
                        step,
                        last);
        long start = System.nanoTime();
        state = new Patience(order.limits(), progress).run(context, state);
        path.add(step.revision());
        progress.done(step, Duration.ofNanos(System.nanoTime() - start));
        AfterCommit.verify(context);
    }

    private Outcome failed(MigrationFailed e) {
        var now = contact.journal().read().orElseThrow();
        var draft =
                Draft.of(EntryKind.FAILED, now.heads(), e.serverMessage())
                        .revision(e.revision(), order.scripts().get(e.revision()).checksum())
                        .statement(e.statement(), null)
                        .error(e.sqlState(), e.signature(), e.detail());
        append(now, draft);
        return new Outcome.Failed(e, state.heads());
    }

    private Outcome stamp(Goal.Stamp stamp) {
        var graph = order.scripts().graph();
        Set<String> from = stamp.purge() ? Set.of() : Set.copyOf(state.heads());
        var heads = new Planner(graph, from).stamp(stamp.targets());
        if (heads.equals(List.copyOf(new TreeSet<>(state.heads())))) {
            return new Outcome.Done(List.of(), state.heads(), null);
        }
        var text = "stamp " + String.join(" ", stamp.targets());
        append(state, Draft.of(EntryKind.STAMPED, heads, text));
        return observe();
    }

    /** Ends a run that changed something, or that a directive asked for, with its fingerprint. */
    private Outcome observe() {
        var changed = !path.isEmpty() || order.goal() instanceof Goal.Stamp;
        var directed = order.author().generation() != null;
        if (!changed && !directed) {
            return new Outcome.Done(path, state.heads(), null);
        }
        var stored = changed ? state.fingerprint() : null;
        var print =
                stored == null
                        ? CatalogReader.fingerprint(contact.session())
                        : Fingerprint.parse(stored);
        long millis = Duration.ofNanos(System.nanoTime() - began).toMillis();
        append(
                state,
                Draft.of(EntryKind.OBSERVED, state.heads(), "").observed(print.toString(), millis));
        return new Outcome.Done(path, state.heads(), print);
    }

    /** Whether an earlier run ended for this generation, so that a redelivery adds nothing. */
    private boolean answered() {
        var generation = order.author().generation();
        if (generation == null) {
            return false;
        }
        var entries = contact.journal().after(state.seq() - 1, 1);
        if (entries.isEmpty()) {
            return false;
        }
        var last = Envelope.parse(entries.getLast().envelope());
        var ended = last.kind() == EntryKind.OBSERVED || last.kind() == EntryKind.FAILED;
        return ended && generation.equals(last.generation());
    }

    private void append(JournalState before, Draft draft) {
        state = contact.append(before, draft);
    }
}
