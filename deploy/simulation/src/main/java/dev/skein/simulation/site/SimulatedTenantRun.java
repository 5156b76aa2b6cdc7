// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import dev.skein.agent.daemon.run.AbsenceReasons;
import dev.skein.agent.daemon.run.DirectiveEnding;
import dev.skein.agent.daemon.run.DirectiveOrders;
import dev.skein.agent.daemon.run.OutOfReach;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.DatabaseReport.Kind;
import dev.skein.engine.event.Directive;
import dev.skein.engine.execute.order.ApprovedPath;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.UnapprovedPath;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.plan.Plan;
import dev.skein.engine.plan.Planner;
import dev.skein.engine.plan.Step;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One directive on one database, from the lock to the last entry; each line is a moment of its own,
 * and whatever can come between two of them does.
 *
 * <pre>
 *   find ─ lock ─ fence ─ plan ─ step ─ … ─ step ─ observe ─ unlock
 * </pre>
 */
final class SimulatedTenantRun {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final int PAUSE = 500;
    private static final int POLL = 200;
    private static final int GRACE = 3_000;
    private static final int LOCK_WAIT = 5_000;

    private final SimulatedWorld world;
    private final SimulatedAgent agent;
    private final ServiceProcess process;
    private final @Nullable SimulatedTenant tenant;
    private final Directive directive;
    private final OutOfReach reach;
    private final List<String> walked = new ArrayList<>();
    private @Nullable SimulatedSession session;
    private boolean brake;
    private boolean over;
    private long began;

    SimulatedTenantRun(
            SimulatedWorld world,
            SimulatedAgent agent,
            ServiceProcess process,
            @Nullable SimulatedTenant tenant,
            Directive directive) {
        this.world = world;
        this.agent = agent;
        this.process = process;
        this.tenant = tenant;
        this.directive = directive;
        this.reach = new OutOfReach(process::nanos, PATIENCE);
    }

    void begin() {
        began = world.timeline().now();
        find();
    }

    void pullBrake() {
        brake = true;
    }

    /** The process is gone; the server notices, unless a step is on its way. */
    void cut() {
        over = true;
        var mine = session;
        if (mine != null) {
            long until = world.chance().is(0.8) ? 0 : world.chance().between(0, 30_000);
            world.timeline().in(until, () -> tenant().end(mine));
        }
    }

    private SimulatedTenant tenant() {
        return Objects.requireNonNull(tenant);
    }

    private void find() {
        if (tenant != null && !tenant.isGone()) {
            connect();
        } else if (brake) {
            end(DirectiveEnding.HELD);
        } else if (world.rules().answersForWhatIsGone()
                && world.timeline().now() - began > PATIENCE.toMillis()) {
            var answer = AbsenceReasons.answer(directive, List.of());
            end(new DirectiveEnding(true, false, answer));
        } else {
            process.in(PAUSE, this::find);
        }
    }

    private void connect() {
        reach.attempt();
        session = new SimulatedSession(directive.generation());
        if (tenant().isDown()) {
            lost();
        } else {
            lock(world.timeline().now(), false);
        }
    }

    private void lock(long since, boolean ended) {
        var mine = Objects.requireNonNull(session);
        if (tenant().isGone() || tenant().isDown()) {
            lost();
        } else if (tenant().locks(mine)) {
            process.soon(this::fence);
        } else if (mine.isEnded()) {
            lost();
        } else {
            lockLater(since, ended);
        }
    }

    private void lockLater(long since, boolean ended) {
        long waited = world.timeline().now() - since;
        var ends = !ended && waited > GRACE;
        if (ends) {
            tenant().endOlder(directive.generation());
        }
        if (waited > LOCK_WAIT) {
            occupied();
        } else {
            process.in(POLL, () -> lock(since, ended || ends));
        }
    }

    private void occupied() {
        if (brake) {
            end(
                    DirectiveEnding.of(
                            directive,
                            new Outcome.Occupied(
                                    SkeinException.failed(
                                            tenant().name(), "another run has it", ""))));
        } else {
            process.soon(this::connect);
        }
    }

    private void fence() {
        var mine = Objects.requireNonNull(session);
        if (mine.isEnded()) {
            lost();
        } else if (!tenant().fence(mine)) {
            end(DirectiveEnding.of(directive, new Outcome.Superseded(tenant().accepted())));
        } else if (isAnswered()) {
            end(DirectiveEnding.of(directive, new Outcome.Answered(tenant().heads())));
        } else {
            plan();
        }
    }

    private boolean isAnswered() {
        var journal = tenant().journal();
        if (journal.isEmpty()) {
            return false;
        }
        var last = journal.getLast().says();
        var ended = last.kind() == EntryKind.OBSERVED || last.kind() == EntryKind.FAILED;
        var generation = last.generation();
        return ended && generation != null && generation == directive.generation();
    }

    private void plan() {
        Plan plan;
        try {
            plan = planned();
        } catch (SkeinException e) {
            end(DirectiveEnding.of(directive, new Outcome.Refused(e)));
            return;
        }
        if (world.rules().covers(ApprovedPath.of(directive.path()), plan.path())) {
            walk(plan, 0);
        } else {
            var reason = UnapprovedPath.moved(tenant().name(), tenant().heads(), plan.from());
            end(DirectiveEnding.of(directive, new Outcome.Refused(reason)));
        }
    }

    private Plan planned() {
        var graph = world.bundle(directive.bundle()).scripts().graph();
        var planner = new Planner(graph, tenant().heads());
        return switch (DirectiveOrders.goal(directive)) {
            case Goal.Upgrade up -> planner.upgrade(up.target());
            case Goal.TakeBack back -> planner.takeBack(back.ids());
            case Goal.Downgrade down -> planner.downgrade(down.target());
            case Goal.Stamp s -> throw new IllegalStateException("no directive stamps");
        };
    }

    private void walk(Plan plan, int next) {
        if (brake) {
            end(DirectiveEnding.of(directive, new Outcome.Held(walked, tenant().heads())));
        } else if (next == plan.steps().size()) {
            process.soon(this::observe);
        } else {
            send(plan, next);
        }
    }

    /** What is sent is the server's to do: it does it whether or not the agent lives to see it. */
    private void send(Plan plan, int next) {
        var mine = Objects.requireNonNull(session);
        int takes = world.chance().between(20, world.knobs().slowestStep());
        var step = plan.steps().get(next);
        if (tenant().fails(step.revision())) {
            process.in(takes, () -> failed(step.revision()));
        } else {
            world.timeline()
                    .in(
                            takes,
                            () -> {
                                var done = commit(mine, step);
                                process.in(1, () -> sent(plan, next, done));
                            });
        }
    }

    private boolean commit(SimulatedSession mine, Step step) {
        return tenant().commit(
                        mine,
                        step.direction(),
                        step.revision(),
                        step.headsAfter(),
                        directive.rollout(),
                        directive.actor());
    }

    private void sent(Plan plan, int next, boolean done) {
        if (over) {
            return;
        }
        if (done) {
            walked.add(plan.steps().get(next).revision());
            walk(plan, next + 1);
        } else {
            lost();
        }
    }

    private void failed(String revision) {
        if (append(EntryKind.FAILED, revision)) {
            end(DirectiveEnding.JOURNALED);
        } else {
            lost();
        }
    }

    private void observe() {
        if (append(EntryKind.OBSERVED, null)) {
            end(DirectiveEnding.of(directive, new Outcome.Done(walked, tenant().heads(), null)));
        } else {
            lost();
        }
    }

    private boolean append(EntryKind kind, @Nullable String revision) {
        return tenant().append(
                        Objects.requireNonNull(session),
                        kind,
                        revision,
                        tenant().heads(),
                        directive.rollout(),
                        directive.actor());
    }

    private void lost() {
        letGo();
        if (brake) {
            end(DirectiveEnding.HELD);
        } else if (reach.isTooLong()) {
            end(DirectiveEnding.said(directive, Kind.UNREACHABLE, "it is out of reach"));
        } else {
            process.in(PAUSE, this::find);
        }
    }

    private void letGo() {
        if (session != null) {
            tenant().end(session);
            session = null;
        }
    }

    private void end(DirectiveEnding story) {
        letGo();
        over = true;
        agent.ended(directive, story);
    }
}
