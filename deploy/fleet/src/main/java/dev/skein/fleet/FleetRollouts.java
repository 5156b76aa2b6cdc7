// SPDX-License-Identifier: Apache-2.0
package dev.skein.fleet;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.engine.ClassResources;
import dev.skein.engine.bundle.Bundle;
import dev.skein.engine.postgres.PgSession;
import dev.skein.faults.work.StackOperators;
import dev.skein.faults.work.StackOperators.Said;
import java.util.List;
import java.util.Map;

/** A rollout to the whole fleet, and one that halts. */
final class FleetRollouts {
    /** The revisions, in their order; the fleet is at the first. */
    static final List<String> REVISIONS = List.of("s1", "s2", "s3", "s4", "s5");

    /** The name of the one that comes to its end. */
    static final String FIRST = "first";

    /** So many people look at the fleet meanwhile. */
    static final int VIEWERS = 20;

    private static final String HALTED = "halted";
    private static final String ROLLOUTS = "/api/rollouts";

    private static final String LEFT =
            """
            SELECT sum(planned - succeeded - failed - aside)::bigint FROM wave_tally WHERE rollout = 'halted'
            """;

    private final FleetStack world;
    private final List<FleetAgent> agents;
    private final StackOperators desk;
    private final PgSession api;
    private final FleetFigures figures;
    private final FleetWait wait;
    private final int parallel;

    /**
     * @param api a session on the api's database
     * @param parallel how many databases are worked on at once
     */
    FleetRollouts(
            FleetStack world,
            List<FleetAgent> agents,
            StackOperators desk,
            PgSession api,
            FleetFigures figures,
            FleetWait wait,
            int parallel) {
        this.world = world;
        this.agents = List.copyOf(agents);
        this.desk = desk;
        this.api = api;
        this.figures = figures;
        this.wait = wait;
        this.parallel = parallel;
    }

    static Bundle bundle() {
        return Bundle.of(
                REVISIONS.stream()
                        .map(id -> id + ".sql")
                        .map(name ->
                                new Bundle.Item(
                                        name,
                                        ClassResources.text(FleetRollouts.class, "/fleet/" + name)))
                        .toList());
    }

    /** Everything goes well. */
    void complete() throws InterruptedException {
        long proposed = System.nanoTime();
        propose(FIRST, REVISIONS.get(1));
        figures.add("planning, s", FleetWait.since(proposed));
        figures.add("approving it, s", approve(FIRST));
        var load = new ServiceLoad(world);
        figures.add("databases a second", awaitCompleted(FIRST));
        load.addMillisEach(figures);
        double directives = agents.stream().mapToLong(FleetAgent::directives).sum();
        figures.add("directives a database", directives / figures.size());
    }

    /** Twice more: while people look at the fleet, and while nobody does. */
    void completeBeside() throws InterruptedException {
        propose("seen", REVISIONS.get(2));
        double beside;
        try (var viewers = FleetViewers.open(desk, FleetReads.FIRST_PAGE, VIEWERS)) {
            approve("seen");
            beside = awaitCompleted("seen");
            viewers.addTimes(figures, "first page of " + VIEWERS + " viewers beside a rollout");
        }
        propose("unseen", REVISIONS.get(3));
        approve("unseen");
        figures.add(
                "rollout beside " + VIEWERS + " viewers, rate as a ratio",
                beside / awaitCompleted("unseen"));
    }

    /** Databases a second. */
    private double awaitCompleted(String id) throws InterruptedException {
        long began = System.nanoTime();
        awaitStatus(id, "completed");
        return figures.size() / FleetWait.since(began);
    }

    /** One fails in the middle. */
    void halt() throws InterruptedException {
        propose(HALTED, REVISIONS.get(4));
        var agent = agents.getFirst();
        var all = agent.databases().stream().toList();
        agent.failing(all.get(all.size() / 3).uid());
        approve(HALTED);
        wait.until("a failure", () -> agent.failedAt() != 0);
        awaitStatus(HALTED, HALTED);
        double known = FleetWait.since(agent.failedAt());
        wait.until("what is open to end", () -> open() == 0);
        long last = agents.stream().mapToLong(FleetAgent::lastDirective).max().orElseThrow();
        figures.add("from a failure until it is known to be halted, s", known);
        figures.add("from a failure to the last directive, s", after(agent, last));
        var held = agents.stream().mapToLong(FleetAgent::heldAt).filter(at -> at != 0).min();
        held.ifPresent(at -> figures.add("from a failure to the first hold, s", after(agent, at)));
    }

    private static double after(FleetAgent failing, long moment) {
        return Math.max((moment - failing.failedAt()) / 1e9, 0);
    }

    /** Somebody pauses what goes on after a halt; of a small fleet too little is left for that. */
    void pause() throws InterruptedException {
        if (FleetWait.number(api, LEFT) < parallel) {
            return;
        }
        var path = ROLLOUTS + "/" + HALTED;
        var reason = Map.of("reason", "it was only one");
        expectDone(desk.post(StackOperators.OPERATOR, path + "/resume", reason), "resuming");
        wait.until("places to be filled", () -> open() > parallel / 2);
        long asked = System.nanoTime();
        expectDone(desk.post(StackOperators.OPERATOR, path + "/pause", reason), "pausing");
        figures.add("answer of a pause, s", FleetWait.since(asked));
        wait.until("what is open to end", () -> open() == 0);
    }

    private long open() {
        return FleetWait.number(api, "SELECT coalesce(sum(open), 0)::bigint FROM wave_tally");
    }

    private void awaitStatus(String id, String status) throws InterruptedException {
        var sql = "SELECT 1 FROM rollout WHERE id = $1 AND status = $2";
        wait.until(id + " to be " + status, () -> api.query(sql, id, status).size() == 1);
    }

    private void propose(String id, String to) throws InterruptedException {
        var wave = Map.of("name", "all", "take", "all", "parallel", parallel);
        var spec =
                Map.of(
                        "rollout",
                        id,
                        "bundle",
                        bundle().digest(),
                        "to",
                        to,
                        "select",
                        "name = tenant_*",
                        "backup",
                        "none \"nothing is there\"",
                        "waves",
                        List.of(wave));
        expectDone(desk.post(StackOperators.AUTHOR, ROLLOUTS, spec), "proposing " + id);
    }

    /** Gives how many seconds the answer took. */
    private double approve(String id) throws InterruptedException {
        var path = ROLLOUTS + "/" + id;
        var hash = desk.get(StackOperators.OPERATOR, path).path("planHash").asText();
        long began = System.nanoTime();
        var words = Map.of("planHash", hash);
        expectDone(desk.post(StackOperators.APPROVER, path + "/approve", words), "approving " + id);
        return FleetWait.since(began);
    }

    private static void expectDone(StackOperators.Answer answer, String what) {
        if (answer.said() != Said.DONE) {
            JsonNode why = answer.body();
            throw new IllegalStateException(what + ": " + answer.said() + " " + why);
        }
    }
}
