// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.rollout.PlanRows;
import dev.skein.api.rollout.RollbackPlanner;
import dev.skein.api.rollout.Rollout;
import dev.skein.api.rollout.RolloutEvent;
import dev.skein.api.rollout.RolloutPlan;
import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.rollout.WaveTally;
import dev.skein.api.store.Continuity;
import dev.skein.api.store.EventStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db.Tx;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Rollouts in memory. */
public class MemoryRollouts extends RolloutStore {
    private static final byte[] NO_HASH = {};
    private static final Set<String> STILL = Set.of("halted", "paused", "aborted", "completed");
    private static final long DAY = Duration.ofDays(1).toMillis();

    private final MemoryTables tables;

    public MemoryRollouts(MemoryTables tables) {
        super(new EventStore(new Continuity()));
        this.tables = tables;
    }

    @Override
    public Instant now(Tx tx) {
        return tables.instant();
    }

    @Override
    public boolean hasRow(Tx tx, String id) {
        return tables.rollouts.get(id) != null;
    }

    @Override
    public Locked lock(Tx tx, String id) {
        var known = tables.streams.get(id);
        return known == null
                ? new Locked(new EventStore.Head(stream(id), 0, NO_HASH), Rollout.INITIAL)
                : new Locked(
                        new EventStore.Head(stream(id), known.events().size(), NO_HASH),
                        known.state());
    }

    @Override
    public Locked append(Tx tx, Locked rollout, List<RolloutEvent> happened, String actor) {
        var id = idOf(rollout.head().stream()).orElseThrow();
        var known = tables.streams.get(id);
        var events = new ArrayList<>(known == null ? List.<MemoryRows.Event>of() : known.events());
        if (events.size() != rollout.head().version()) {
            throw SkeinException.failed("Stream " + id, "somebody else wrote to it", "Try again");
        }
        var state = rollout.state();
        for (var event : happened) {
            events.add(new MemoryRows.Event(event, actor, tables.now()));
            state = Rollout.evolve(state, event);
        }
        tables.streams.put(id, new MemoryRows.Stream(id, events, state));
        return lock(tx, id);
    }

    @Override
    public void insert(Tx tx, RolloutEvent.Created created, RolloutPlan plan) {
        var spec = created.spec();
        var row =
                new MemoryRows.Projected(
                        spec.id(),
                        plan,
                        spec.undo() == null ? null : spec.undo().rollout(),
                        created.author(),
                        "proposed",
                        null,
                        null,
                        List.of(),
                        tables.now());
        tables.rollouts.put(spec.id(), row);
        for (int wave = 0; wave < plan.waves().size(); wave++) {
            var tally = new WaveTally(wave, plan.waves().get(wave).databases(), 0, 0, 0, 0);
            var count = new MemoryRows.Count(spec.id(), tally);
            tables.counts.put(count.key(), count);
        }
    }

    @Override
    public PlanRows rows(Tx tx, String id) {
        return new PlanRows() {
            @Override
            public void member(int wave, int place, RolloutPlan.Member member) {
                var target =
                        new MemoryRows.Target(
                                id,
                                wave,
                                place,
                                member,
                                "pending",
                                null,
                                null,
                                false,
                                tables.now());
                tables.targets.put(target.key(), target);
            }

            @Override
            public void aside(int place, RolloutPlan.SetAside aside) {
                var row = new MemoryRows.Aside(id, place, aside);
                tables.asides.put(row.key(), row);
            }

            @Override
            public void end() {}
        };
    }

    private List<MemoryRows.Target> targets(String id) {
        return tables.targets.of(id + " ");
    }

    @Override
    public void touched(
            Tx tx, RolloutSpec.Undo undo, Consumer<List<RollbackPlanner.Touched>> taker) {
        var plan = tables.rollouts.row(undo.rollout()).plan();
        var touched =
                targets(undo.rollout()).stream()
                        .filter(t ->
                                undo.wave() == null
                                        || plan.waves().get(t.wave()).name().equals(undo.wave()))
                        .filter(t ->
                                undo.database() == null
                                        || t.uid().equals(undo.database())
                                        || t.member().name().equals(undo.database()))
                        .map(t -> new RollbackPlanner.Touched(t.uid(), t.member().path()))
                        .toList();
        if (!touched.isEmpty()) {
            taker.accept(touched);
        }
    }

    @Override
    public Set<String> restored(Tx tx, String id, Collection<String> uids) {
        return Set.of(); // nothing is saved here, so nothing is restored
    }

    @Override
    public List<String> restoredMeanwhile(Tx tx, String id) {
        return List.of();
    }

    @Override
    public int takenBackAlone(Tx tx, String id) {
        return tables
                .rollouts
                .all(r ->
                        id.equals(r.undoes())
                                && r.author().equals(r.approvedBy())
                                && r.created() > tables.now() - DAY)
                .stream()
                .mapToInt(r -> targets(r.id()).size())
                .sum();
    }

    @Override
    public List<List<String>> paths(Tx tx, String id) {
        return targets(id).stream().map(t -> t.member().path()).distinct().toList();
    }

    @Override
    public void additive(Tx tx, String id, Collection<String> revisions) {
        var row = tables.rollouts.row(id);
        tables.rollouts.put(id, row.withAdditive(List.copyOf(revisions)));
    }

    @Override
    public void project(Tx tx, String id, Rollout state, @Nullable String approvedBy) {
        var silent = state instanceof Rollout.Stopped s ? s.silent() : null;
        var row = tables.rollouts.row(id);
        tables.rollouts.put(id, row.with(state.status(), silent, approvedBy));
    }

    @Override
    public List<WaveTally> tallies(Tx tx, String id) {
        var tallies = new ArrayList<WaveTally>();
        tables.counts.of(id + " ").forEach(count -> tallies.add(count.tally()));
        tallies.sort(Comparator.comparingInt(WaveTally::wave));
        return tallies;
    }

    @Override
    public void deadline(Tx tx, String id, OffsetDateTime at) {
        long millis = tables.now() + Duration.between(tables.instant(), at.toInstant()).toMillis();
        tables.deadlines.put(id + " " + millis, new MemoryRows.Deadline(id, millis));
    }

    @Override
    public List<String> due(Tx tx) {
        if (tables.deadlines.isEmpty()) {
            return List.of();
        }
        var due = tables.deadlines.all(d -> d.at() <= tables.now());
        due.forEach(d -> tables.deadlines.remove(d.rollout() + " " + d.at()));
        return due.stream().map(MemoryRows.Deadline::rollout).toList();
    }

    @Override
    public List<String> active(Tx tx) {
        return tables
                .rollouts
                .all(r -> r.status().equals("running") || r.status().equals("soaking"))
                .stream()
                .map(MemoryRows.Projected::id)
                .toList();
    }

    @Override
    public List<String> unheld(Tx tx) {
        return tables
                .rollouts
                .all(r ->
                        STILL.contains(r.status())
                                && targets(r.id()).stream().anyMatch(t -> t.state().equals("open")))
                .stream()
                .map(MemoryRows.Projected::id)
                .toList();
    }

    @Override
    public List<Silent> waiting(Tx tx, List<String> silentSites) {
        var found = new TreeSet<String>();
        for (var target : tables.targets.all(t -> t.state().equals("open"))) {
            var running = tables.rollouts.row(target.rollout()).status().equals("running");
            if (running && silentSites.contains(target.member().site())) {
                found.add(target.rollout() + " " + target.member().site());
            }
        }
        return found.stream()
                .map(both -> new Silent(both.split(" ")[0], both.split(" ")[1]))
                .toList();
    }

    @Override
    public List<Silent> heard(Tx tx, List<String> silentSites) {
        return tables
                .rollouts
                .all(r ->
                        r.status().equals("halted")
                                && r.silent() != null
                                && !silentSites.contains(r.silent()))
                .stream()
                .map(r -> new Silent(r.id(), Objects.requireNonNull(r.silent())))
                .toList();
    }
}
