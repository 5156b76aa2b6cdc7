// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.rollout.RolloutPlan;
import dev.skein.simulation.time.Timeline;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The control plane's database: what is here outlives every process. */
public final class MemoryTables {
    final MemoryTable<MemoryRows.Stream> streams = new MemoryTable<>();
    final MemoryTable<MemoryRows.Projected> rollouts = new MemoryTable<>();
    final MemoryTable<MemoryRows.Target> targets = new MemoryTable<>();
    final MemoryTable<MemoryRows.Aside> asides = new MemoryTable<>();
    final MemoryTable<MemoryRows.Count> counts = new MemoryTable<>();
    final MemoryTable<MemoryRows.Issued> directives = new MemoryTable<>();
    final MemoryTable<MemoryRows.Deadline> deadlines = new MemoryTable<>();
    final MemoryTable<MemoryRows.Lease> leases = new MemoryTable<>();
    final MemoryTable<MemoryRows.Known> fleet = new MemoryTable<>();
    final MemoryTable<MemoryRows.Beat> agents = new MemoryTable<>();
    final MemoryTable<Long> positions = new MemoryTable<>();
    final MemoryTable<Long> effected = new MemoryTable<>();
    final MemoryTable<MemoryRows.Target> failures = new MemoryTable<>();
    final MemoryTable<MemoryRows.Held> holds = new MemoryTable<>();
    private final List<MemoryTable<?>> all =
            List.of(
                    streams,
                    rollouts,
                    targets,
                    asides,
                    counts,
                    directives,
                    deadlines,
                    leases,
                    fleet,
                    agents,
                    positions,
                    holds,
                    effected,
                    failures);
    private final Timeline timeline;

    public MemoryTables(Timeline timeline) {
        this.timeline = timeline;
    }

    /** The database's clock, in milliseconds since the history began. */
    long now() {
        return timeline.now();
    }

    /** The same as an instant. */
    Instant instant() {
        return timeline.instant();
    }

    void commit() {
        for (int n = 0; n < all.size(); n++) {
            all.get(n).commit();
        }
    }

    void rollBack() {
        all.forEach(MemoryTable::rollBack);
    }

    /** The rollouts' streams. */
    public List<MemoryRows.Stream> streams() {
        return streams.all();
    }

    /** A rollout's stream; null where there is none. */
    public MemoryRows.@Nullable Stream stream(String id) {
        return streams.get(id);
    }

    /** The rollouts' databases. */
    public List<MemoryRows.Target> targets() {
        return targets.all();
    }

    /** When databases were said to be held. */
    public List<MemoryRows.Held> holds() {
        return holds.all();
    }

    /** Databases as they were when they had failed. */
    public List<MemoryRows.Target> failures() {
        return failures.all();
    }

    /** How many records are behind where feeds read on, and have had no effect. */
    public long passedOver() {
        return sum(positions) - sum(effected);
    }

    private static long sum(MemoryTable<Long> numbers) {
        return numbers.all().stream().mapToLong(Long::longValue).sum();
    }

    /** What is known of databases: the number of the last entry, by uid. */
    public Map<String, Long> known() {
        var known = new HashMap<String, Long>();
        fleet.all().forEach(one -> known.put(one.database().uid(), one.seq()));
        return known;
    }

    /** Their plans. */
    public Map<String, PlannedDatabases> plans() {
        var plans = new HashMap<String, PlannedDatabases>();
        rollouts.all().forEach(row -> plans.put(row.id(), plan(row)));
        return plans;
    }

    private PlannedDatabases plan(MemoryRows.Projected row) {
        var waves = new ArrayList<List<RolloutPlan.Member>>();
        for (int wave = 0; wave < row.plan().waves().size(); wave++) {
            waves.add(members(row.id(), wave));
        }
        return new PlannedDatabases(
                row.plan(),
                waves,
                asides.of(row.id() + " ").stream()
                        .sorted(Comparator.comparingInt(MemoryRows.Aside::place))
                        .map(MemoryRows.Aside::of)
                        .toList());
    }

    private List<RolloutPlan.Member> members(String rollout, int wave) {
        return targets.of(rollout + " ").stream()
                .filter(target -> target.wave() == wave)
                .sorted(Comparator.comparingInt(MemoryRows.Target::place))
                .map(MemoryRows.Target::member)
                .toList();
    }

    /** The directives. */
    public List<MemoryRows.Issued> directives() {
        return directives.all();
    }
}
