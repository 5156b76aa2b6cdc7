// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.rollout.RolloutPlan;
import dev.skein.simulation.time.Timeline;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The control plane's database: what is here outlives every process. */
public final class Tables {
    final Table<Rows.Stream> streams = new Table<>();
    final Table<Rows.Projected> rollouts = new Table<>();
    final Table<Rows.Target> targets = new Table<>();
    final Table<Rows.Count> counts = new Table<>();
    final Table<Rows.Issued> directives = new Table<>();
    final Table<Rows.Deadline> deadlines = new Table<>();
    final Table<Rows.Lease> leases = new Table<>();
    final Table<Rows.Known> fleet = new Table<>();
    final Table<Rows.Beat> agents = new Table<>();
    final Table<Long> positions = new Table<>();
    final Table<Long> effected = new Table<>();
    final Table<Rows.Target> failures = new Table<>();
    final Table<Rows.Held> holds = new Table<>();
    private final List<Table<?>> all =
            List.of(
                    streams,
                    rollouts,
                    targets,
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

    public Tables(Timeline timeline) {
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
        all.forEach(Table::rollBack);
    }

    /** The rollouts' streams. */
    public List<Rows.Stream> streams() {
        return streams.all();
    }

    /** A rollout's stream; null where there is none. */
    public Rows.@Nullable Stream stream(String id) {
        return streams.get(id);
    }

    /** The rollouts' databases. */
    public List<Rows.Target> targets() {
        return targets.all();
    }

    /** When databases were said to be held. */
    public List<Rows.Held> holds() {
        return holds.all();
    }

    /** Databases as they were when they had failed. */
    public List<Rows.Target> failures() {
        return failures.all();
    }

    /** How many records are behind where feeds read on, and have had no effect. */
    public long passedOver() {
        return sum(positions) - sum(effected);
    }

    private static long sum(Table<Long> numbers) {
        return numbers.all().stream().mapToLong(Long::longValue).sum();
    }

    /** What is known of databases: the number of the last entry, by uid. */
    public Map<String, Long> known() {
        var known = new HashMap<String, Long>();
        fleet.all().forEach(one -> known.put(one.database().uid(), one.seq()));
        return known;
    }

    /** Their plans. */
    public Map<String, RolloutPlan> plans() {
        var plans = new HashMap<String, RolloutPlan>();
        rollouts.all().forEach(row -> plans.put(row.id(), row.plan()));
        return plans;
    }

    /** The directives. */
    public List<Rows.Issued> directives() {
        return directives.all();
    }
}
