// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.site;

import dev.skein.agent.daemon.intake.WorkBoard;
import dev.skein.agent.daemon.intake.WorkBoard.Action;
import dev.skein.agent.daemon.run.AbsenceReasons;
import dev.skein.agent.daemon.run.DirectiveEnding;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.DatabaseReport.Answer;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.event.Topics;
import dev.skein.simulation.wire.SimulatedBroker;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An agent: the board decides, and runs do what they do in the real one, without a database. */
public final class SimulatedAgent {
    private static final int PAUSE = 300;
    private static final int BEAT = 15_000;
    private static final int ROUND = 20_000;
    private static final long AGAIN = 120_000;
    private static final int READ = 20;

    private final SimulatedWorld world;
    private final ServiceProcess process;
    private final String site;
    private final String topic;
    private final Map<String, SimulatedTenant> tenants;
    private WorkBoard board = new WorkBoard(SimulatedBroker::partitionOf);
    private final Map<Integer, Integer> positions = new TreeMap<>();
    private final Map<Integer, Integer> ends = new HashMap<>();
    private final Map<String, SimulatedTenantRun> working = new HashMap<>();
    private final Map<String, Answer> answers = new HashMap<>();
    private final Map<String, Reported> reported = new HashMap<>();

    private record Reported(long seq, long accepted, long at) {}

    public SimulatedAgent(
            SimulatedWorld world,
            ServiceProcess process,
            String site,
            Map<String, SimulatedTenant> tenants) {
        this.world = world;
        this.process = process;
        this.site = site;
        this.topic = Topics.directives(site);
        this.tenants = tenants;
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
        positions.clear();
        ends.clear();
        working.clear();
        answers.clear();
        reported.clear();
        process.every(BEAT, this::beat);
        process.every(ROUND, this::round);
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
    private void round() {
        for (var tenant : tenants.values()) {
            if (board.owns(tenant.uid()) && !tenant.isDown() && !tenant.isGone()) {
                relay(tenant, false);
                if (world.chance().is(world.knobs().repeats())) {
                    resend(tenant);
                }
                if (isNews(tenant)) {
                    report(tenant, null);
                }
            }
        }
        positions.forEach((partition, at) -> {
            if (at < directives().get(partition).end()) {
                poll(partition);
            }
        });
    }

    /** Whether the control plane was told something else, or this long ago. */
    private boolean isNews(SimulatedTenant tenant) {
        var told = reported.get(tenant.uid());
        return told == null
                || told.seq() != tenant.seq()
                || told.accepted() != tenant.accepted()
                || world.timeline().now() - told.at() > AGAIN;
    }

    /** Partitions are ours from now on. */
    public void assigned(Collection<Integer> partitions) {
        board.assigned(partitions);
        for (var partition : partitions) {
            positions.put(partition, 0);
            ends.put(partition, directives().get(partition).end());
            poll(partition);
        }
    }

    /** Partitions are somebody else's. */
    public void revoked(Collection<Integer> partitions) {
        partitions.forEach(positions::remove);
        partitions.forEach(ends::remove);
        perform(board.revoked(partitions));
    }

    private List<SimulatedBroker.Partition> directives() {
        return world.broker().partitions(topic);
    }

    /** Something new is in a partition. */
    public void hears(SimulatedBroker.Partition partition) {
        if (partition.topic().equals(topic) && positions.containsKey(partition.number())) {
            poll(partition.number());
        }
    }

    private void poll(int partition) {
        process.in(world.chance().between(50, 400), () -> read(partition));
    }

    private void read(int partition) {
        var at = positions.get(partition);
        if (at == null || world.broker().isDown()) {
            return;
        }
        var records = directives().get(partition).read(at, READ);
        positions.put(partition, at + records.size());
        for (var record : records) {
            world.trace().say(() -> process.name() + " reads " + inWords(record));
            perform(board.received(record.key(), (Directive) record.value()));
        }
        var end = ends.get(partition);
        if (end != null && at + records.size() >= end) {
            ends.remove(partition);
            perform(board.caughtUp(partition));
        }
        if (at + records.size() < directives().get(partition).end()) {
            poll(partition);
        }
    }

    private static String inWords(SimulatedBroker.Told told) {
        return told.value() instanceof Directive d
                ? d.action()
                        + " "
                        + d.uid().substring(30)
                        + " "
                        + d.rollout()
                        + "/"
                        + d.generation()
                : "tombstone " + told.key().substring(30);
    }

    private void perform(List<Action> actions) {
        for (var action : actions) {
            var directive = action.directive();
            switch (action) {
                case Action.Start s -> start(directive);
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
            absent(uid, story.answer());
            return;
        }
        if (!tenant.isDown()) {
            relay(tenant, story.isOld());
        }
        report(tenant, story.answer());
    }

    private void hold(Directive directive) {
        var tenant = tenants.get(directive.uid());
        if (tenant == null || tenant.isGone()) {
            if (tenant != null) {
                tenant.holdUnseen(directive.generation());
            }
            absent(directive.uid(), AbsenceReasons.held(directive, List.of()));
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
            absent(
                    directive.uid(),
                    last == null ? AbsenceReasons.answer(directive, List.of()) : last);
        } else {
            finish(directive.uid(), new DirectiveEnding(true, true, last));
        }
    }

    private void absent(String uid, @Nullable Answer answer) {
        if (answer != null) {
            var at = world.timeline().instant();
            tell(DatabaseReport.absent(uid, site, process.name(), answer, at));
        }
    }

    /** Sends what of a journal is not in its topic, as far as that takes it. */
    private void relay(SimulatedTenant tenant, boolean again) {
        var journal = tenant.journal();
        int at = again ? Math.min(tenant.published(), journal.size() - 1) : tenant.published();
        for (int i = Math.max(0, at); i < journal.size(); i++) {
            if (!world.sends(Topics.JOURNAL, tenant.uid(), journal.get(i).says())) {
                return;
            }
            if (world.chance().is(world.knobs().repeats())) {
                world.sends(Topics.JOURNAL, tenant.uid(), journal.get(i).says());
            } else {
                tenant.setPublished(Math.max(tenant.published(), i + 1));
            }
        }
    }

    /** As it is asked by somebody who misses some. */
    private void resend(SimulatedTenant tenant) {
        var journal = tenant.journal();
        for (int i = world.chance().between(0, tenant.published()); i < tenant.published(); i++) {
            world.sends(Topics.JOURNAL, tenant.uid(), journal.get(i).says());
        }
    }

    private void report(SimulatedTenant tenant, @Nullable Answer answer) {
        tell(
                new DatabaseReport(
                        tenant.uid(),
                        site,
                        "server",
                        tenant.name(),
                        process.name(),
                        tenant.heads(),
                        "1",
                        tenant.seq(),
                        "",
                        tenant.accepted(),
                        null,
                        null,
                        0,
                        17,
                        Map.of(),
                        null,
                        answer,
                        process.clock()));
    }

    private void tell(DatabaseReport report) {
        long now = world.timeline().now();
        reported.put(report.uid(), new Reported(report.seq(), report.accepted(), now));
        if (!world.sends(Topics.INVENTORY, report.uid(), report)) {
            reported.remove(report.uid());
        }
    }
}
