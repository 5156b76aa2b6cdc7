// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import dev.skein.agent.daemon.intake.WorkBoard;
import dev.skein.agent.daemon.intake.WorkBoard.Action;
import dev.skein.agent.daemon.run.AbsenceReasons;
import dev.skein.agent.daemon.run.DirectiveEnding;
import dev.skein.engine.event.DatabaseReport.Answer;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.event.Topics;
import dev.skein.simulation.wire.SimulatedBroker;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An agent: the board decides, and runs do what they do in the real one, without a database. */
public final class SimulatedAgent {
    private static final int PAUSE = 300;
    private static final int BEAT = 15_000;
    private static final int ROUND = 20_000;

    private final SimulatedWorld world;
    private final ServiceProcess process;
    private final String site;
    private final Map<String, SimulatedTenant> tenants;
    private final DirectiveReader reader;
    private final SimulatedRelay relay;
    private final SimulatedReports reports;
    private WorkBoard board = new WorkBoard(SimulatedBroker::partitionOf);
    private final Map<String, SimulatedTenantRun> working = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();

    public SimulatedAgent(
            SimulatedWorld world,
            ServiceProcess process,
            String site,
            Map<String, SimulatedTenant> tenants) {
        this.world = world;
        this.process = process;
        this.site = site;
        this.tenants = tenants;
        this.reader = new DirectiveReader(world, process, Topics.directives(site), new OnBoard());
        this.relay = new SimulatedRelay(world);
        this.reports = new SimulatedReports(world, process, site);
    }

    /** Puts on the board what is read, and does what follows. */
    private final class OnBoard implements DirectiveReader.Listener {
        @Override
        public void received(String key, @Nullable Directive directive) {
            perform(board.received(key, directive));
        }

        @Override
        public void caughtUp(int partition) {
            perform(board.caughtUp(partition));
        }
    }

    public ServiceProcess process() {
        return process;
    }

    public String site() {
        return site;
    }

    /** Begins a life. */
    public void start() {
        board = new WorkBoard(SimulatedBroker::partitionOf);
        reader.forget();
        working.clear();
        answers.clear();
        reports.forget();
        process.every(BEAT, this::beat);
        process.every(ROUND, this::lookAfter);
        beat();
    }

    /** Its connections break with it; what was sent of them may still be committed. */
    public void died() {
        working.values().forEach(SimulatedTenantRun::cut);
    }

    private void beat() {
        var now = world.timeline().instant();
        var beat = new Heartbeat(process.name(), site, now, 0, board.runningCount(), 0, now, null);
        world.broker().take(Topics.AGENTS, process.name(), beat);
    }

    /** Reports what is ours, and relays what was left behind. */
    private void lookAfter() {
        for (var tenant : tenants.values()) {
            if (board.owns(tenant.uid()) && !tenant.isDown() && !tenant.isGone()) {
                relay.sendNew(tenant, false);
                if (world.chance().is(world.knobs().repeats())) {
                    relay.resendSome(tenant);
                }
                if (reports.isNews(tenant)) {
                    reports.report(tenant, null);
                }
            }
        }
        reader.pollUnread();
    }

    /** Partitions are ours from now on. */
    public void assigned(Collection<Integer> partitions) {
        board.assigned(partitions);
        reader.assigned(partitions);
    }

    /** Partitions are somebody else's. */
    public void revoked(Collection<Integer> partitions) {
        reader.revoked(partitions);
        perform(board.revoked(partitions));
    }

    /** Something new is in a partition. */
    public void hears(SimulatedBroker.Partition partition) {
        reader.hears(partition);
    }

    private void perform(List<Action> actions) {
        for (var action : actions) {
            var directive = action.directive();
            switch (action) {
                case Action.StartRun s -> start(directive);
                case Action.Stop s -> stop(directive);
                case Action.AnswerHeld s -> process.soon(() -> hold(directive));
                case Action.Repeat s -> process.soon(() -> repeat(directive));
            }
        }
    }

    private void start(Directive directive) {
        var tenant = tenants.get(directive.uid());
        var run = new SimulatedTenantRun(world, this, process, tenant, directive);
        working.put(directive.uid(), run);
        process.soon(run::begin);
    }

    private void stop(Directive directive) {
        var run = working.get(directive.uid());
        if (run != null) {
            run.pullBrake();
        }
    }

    /** A run has ended. */
    void ended(Directive directive, DirectiveEnding story) {
        world.trace().say(() -> process.name() + " " + story + " of " + directive.generation());
        finish(directive.uid(), story);
        working.remove(directive.uid());
        Runnable next = () -> perform(board.finished(directive, story.isSettled()));
        if (story.isSettled()) {
            next.run();
        } else {
            process.in(PAUSE, next);
        }
    }

    private void finish(String uid, DirectiveEnding story) {
        var tenant = tenants.get(uid);
        if (story.answer() != null) {
            answers.put(uid, story.answer());
        }
        if (tenant == null || tenant.isGone()) {
            reports.reportAbsent(uid, story.answer());
            return;
        }
        if (!tenant.isDown()) {
            relay.sendNew(tenant, story.isOld());
        }
        reports.report(tenant, story.answer());
    }

    private void hold(Directive directive) {
        var tenant = tenants.get(directive.uid());
        if (tenant == null || tenant.isGone()) {
            if (tenant != null) {
                tenant.holdUnseen(directive.generation());
            }
            reports.reportAbsent(directive.uid(), AbsenceReasons.held(directive, List.of()));
        } else {
            answerHeld(tenant, directive);
        }
    }

    private void answerHeld(SimulatedTenant tenant, Directive directive) {
        if (world.rules().fencesHolds()) {
            new SimulatedHold(
                            world, process, tenant, directive, story -> finish(tenant.uid(), story))
                    .begin();
        } else {
            finish(tenant.uid(), DirectiveEnding.held(directive));
        }
    }

    private void repeat(Directive directive) {
        var tenant = tenants.get(directive.uid());
        var known = answers.get(directive.uid());
        var last = known != null && known.generation() == directive.generation() ? known : null;
        if (directive.action() == Directive.Action.HOLD) {
            hold(directive);
        } else if (tenant == null || tenant.isGone()) {
            reports.reportAbsent(
                    directive.uid(),
                    last == null ? AbsenceReasons.answer(directive, List.of()) : last);
        } else {
            finish(directive.uid(), new DirectiveEnding(true, true, last));
        }
    }
}
