// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.api.rollout.Rollout;
import dev.skein.simulation.check.HistoryChecks;
import dev.skein.simulation.site.SimulatedTenant;
import dev.skein.simulation.site.SimulationRules;
import dev.skein.simulation.store.MemoryRows;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** One history: trouble, quiet, somebody who finishes what is left, and what must have held. */
final class History {
    private static final int LOOK = 5_000;
    private static final int RESTARTS = 45_000;
    private static final int QUIET = 60_000;
    private static final long LEFT = Duration.ofMinutes(10).toMillis();
    private static final int ROUNDS = 40;
    private static final int GIVES_UP = 8;

    private final HistoryParts stage;
    private final List<String> broken = new ArrayList<>();

    /**
     * What came of one.
     *
     * @param reached kinds of events that came
     */
    record Verdict(
            long seed, List<String> broken, List<String> trace, Set<String> reached, long events) {
        boolean holds() {
            return broken.isEmpty();
        }
    }

    private History(HistoryParts stage) {
        this.stage = stage;
    }

    /**
     * Runs one.
     *
     * @param kept whether what happens is to be read
     */
    static Verdict run(long seed, SimulationRules rules, boolean kept) {
        var stage = new HistoryParts(seed, rules, kept);
        var history = new History(stage);
        try {
            history.unfold();
        } catch (RuntimeException e) {
            history.broken.add("it ended in an error: " + e);
            if (kept) {
                e.printStackTrace();
            }
        }
        return new Verdict(
                seed,
                history.broken,
                stage.world.trace().lines(),
                new HistoryWitness(stage).reached(),
                stage.world.timeline().events());
    }

    private void unfold() {
        var timeline = stage.world.timeline();
        long troubled = stage.world.knobs().troubled();
        timeline.until(2_000);
        var faults = new SimulatedFaults(stage);
        faults.begin();
        faults.work(troubled);
        stage.operators.work(troubled);
        timeline.until(troubled);
        faults.end();
        timeline.until(troubled + RESTARTS);
        settle();
        finish();
        timeline.until(timeline.now() + RESTARTS);
        broken.addAll(new HistoryChecks(new HistoryWitness(stage).evidence()).broken());
    }

    /** What is left to do is done, or waits for a person; and it never stands still before. */
    private void settle() {
        var timeline = stage.world.timeline();
        var seen = moved();
        long since = timeline.now();
        while (!isSettled()) {
            timeline.until(timeline.now() + LOOK);
            var now = moved();
            if (!now.equals(seen)) {
                seen = now;
                since = timeline.now();
            } else if (timeline.now() - since > patience()) {
                broken.add("I10: nothing moves any more: " + standing());
                return;
            }
        }
    }

    private long patience() {
        long patience = QUIET + 5L * stage.world.knobs().slowestStep();
        return unsettled().isFor(stage.world.sites()::wasRemoved) ? patience + LEFT : patience;
    }

    private List<Object> moved() {
        return List.of(
                stage.tables.targets(),
                stage.tables.streams().stream().map(s -> s.events().size()).toList(),
                stage.tenants.values().stream().map(t -> t.seq()).toList());
    }

    private boolean isSettled() {
        return unsettled().isNothing();
    }

    private UnsettledState unsettled() {
        return new UnsettledState(
                stage.tables.targets().stream().filter(MemoryRows.Target::isOut).toList(),
                stage.tables.streams().stream()
                        .filter(s -> s.state() instanceof Rollout.Active)
                        .map(MemoryRows.Stream::id)
                        .toList(),
                stage.tenants.values().stream().filter(SimulatedTenant::isLocked).toList());
    }

    private String standing() {
        var states = stage.tables.streams().stream().map(s -> s.id() + " " + s.state().status());
        return states.toList() + " " + unsettled().inWords();
    }

    /** From whatever there is, somebody can bring every rollout to its end. */
    private void finish() {
        for (int round = 0; round < ROUNDS && broken.isEmpty(); round++) {
            var open = open();
            if (open.isEmpty()) {
                return;
            }
            boolean givesUp = round > GIVES_UP;
            for (var id : open) {
                stage.finisher.finish(id, givesUp);
                if (givesUp) {
                    stage.finisher.withdraw(id);
                }
            }
            stage.world.timeline().until(stage.world.timeline().now() + LOOK);
            settle();
        }
        if (broken.isEmpty() && !open().isEmpty()) {
            broken.add("I11: nobody can finish: " + standing());
        }
    }

    private List<String> open() {
        return stage.tables.streams().stream()
                .filter(s -> !(s.state() instanceof Rollout.Ended))
                .map(MemoryRows.Stream::id)
                .toList();
    }
}
