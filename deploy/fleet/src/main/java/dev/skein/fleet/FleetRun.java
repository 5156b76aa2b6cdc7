// SPDX-License-Identifier: Apache-2.0
package dev.skein.fleet;

import dev.skein.engine.postgres.PgSession;
import dev.skein.faults.work.StackOperators;
import dev.skein.standalone.stack.LocalStack;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** One size of a fleet, from its first report to a restart of the api. */
final class FleetRun implements AutoCloseable {
    private static final int ENTRIES = 6;
    private static final int OBSERVED_SECONDS = 10;
    private static final int REPORT_EVERY_SECONDS = 300;
    private static final Duration ANSWER_PATIENCE = Duration.ofMinutes(1);

    private final FleetFigures figures;
    private final int parallel;
    private final FleetWait wait;
    private final FleetStack world;
    private final List<FleetAgent> agents = new ArrayList<>();

    /**
     * @param size how many databases
     * @param parallel how many of them a rollout works on at once
     */
    FleetRun(Path root, int size, int parallel, Consumer<String> talk) {
        this.figures = new FleetFigures(size);
        this.parallel = parallel;
        this.wait = new FleetWait(talk);
        this.world = new FleetStack(root, talk);
    }

    /** Measures. */
    FleetFigures run() throws InterruptedException, IOException {
        world.start();
        makeFleet();
        var stack = world.stack();
        try (var desk =
                        new StackOperators(
                                stack, List.of("api"), List.of("audit"), ANSWER_PATIENCE);
                var api = world.open("skein_api");
                var audit = world.open("skein_audit")) {
            desk.open();
            desk.push(FleetRollouts.bundle().bytes());
            sendHistories(audit);
            reportAll(api, audit);
            measure(desk, new FleetRollouts(world, agents, desk, api, figures, wait, parallel));
        }
        return figures;
    }

    private void measure(StackOperators desk, FleetRollouts rollouts)
            throws InterruptedException, IOException {
        beIdle();
        var reads = new FleetReads(desk, figures);
        reads.ofFleet();
        rollouts.complete();
        reads.ofRollout(FleetRollouts.FIRST);
        beLookedAt(desk);
        rollouts.completeBeside();
        rollouts.halt();
        rollouts.pause();
        reportSteadily();
        figures.add("memory of api, MB", ProcessUse.residentMegabytes(world.process("api")));
        figures.add("memory of audit, MB", ProcessUse.residentMegabytes(world.process("audit")));
        restart(desk);
    }

    private void makeFleet() {
        for (var site : LocalStack.SITES) {
            agents.add(new FleetAgent(world.bootstrap(), site));
        }
        for (int n = 0; n < figures.size(); n++) {
            var site = n % agents.size();
            var name = "tenant_%06d".formatted(n);
            agents.get(site).add(new SimulatedDatabase(LocalStack.SITES.get(site), name));
        }
        agents.forEach(FleetAgent::start);
    }

    private void sendHistories(PgSession audit) throws InterruptedException {
        long began = System.nanoTime();
        agents.forEach(agent -> agent.sendHistories(FleetRollouts.REVISIONS.getFirst(), ENTRIES));
        double all = (double) figures.size() * ENTRIES;
        wait.until(
                "the histories",
                () -> FleetWait.number(audit, "SELECT size FROM log_state") >= all);
        figures.add("entries a second until audit has them", all / FleetWait.since(began));
    }

    private void reportAll(PgSession api, PgSession audit) throws InterruptedException {
        long began = System.nanoTime();
        agents.forEach(agent -> agent.report(agent.databases()));
        awaitAll(api, "fleet_database");
        figures.add("reports a second until api has them", figures.size() / FleetWait.since(began));
        awaitAll(audit, "fleet");
        figures.add(
                "reports a second until audit has compared them",
                figures.size() / FleetWait.since(began));
    }

    private void awaitAll(PgSession session, String table) throws InterruptedException {
        var sql = "SELECT count(*) FROM " + table;
        wait.until(table, () -> FleetWait.number(session, sql) >= figures.size());
    }

    private void beIdle() throws InterruptedException {
        var load = new ServiceLoad(world);
        Thread.sleep(Duration.ofSeconds(OBSERVED_SECONDS));
        load.addCores(figures, "idle");
    }

    /** People leave the first page open. */
    private void beLookedAt(StackOperators desk) throws InterruptedException {
        int number = FleetRollouts.VIEWERS;
        try (var viewers = FleetViewers.open(desk, FleetReads.FIRST_PAGE, number)) {
            Thread.sleep(Duration.ofSeconds(1)); // each has asked once
            var load = new ServiceLoad(world);
            Thread.sleep(Duration.ofSeconds(OBSERVED_SECONDS));
            double cores = load.cores(List.of("api", "postgres-control"));
            figures.add(number + " viewers: cores of api + PostgreSQL", cores);
            viewers.addTimes(figures, "first page of " + number + " viewers");
        }
    }

    /** Every database reports once in five minutes, as if there were something to say. */
    private void reportSteadily() throws InterruptedException {
        var load = new ServiceLoad(world);
        long began = System.nanoTime();
        int each = Math.max(1, figures.size() / REPORT_EVERY_SECONDS / agents.size());
        for (int second = 0; second < OBSERVED_SECONDS; second++) {
            for (var agent : agents) {
                long before = (long) second * each;
                agent.report(agent.databases().stream().skip(before).limit(each).toList());
            }
            long left = (long) ((second + 1) * 1e9) - (System.nanoTime() - began);
            Thread.sleep(Duration.ofNanos(Math.max(left, 0)));
        }
        load.addCores(figures, "steady");
    }

    private void restart(StackOperators desk) throws InterruptedException, IOException {
        long began = System.nanoTime();
        world.restart("api");
        var _ = desk.bytes(StackOperators.OPERATOR, "/api/status");
        figures.add("api killed until it tells its status, s", FleetWait.since(began));
    }

    @Override
    public void close() {
        agents.forEach(FleetAgent::close);
        world.close();
    }
}
