// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.api.rollout.RolloutSpec;
import dev.skein.api.rollout.TargetShare;
import dev.skein.simulation.site.SimulatedWorld;
import dev.skein.simulation.store.MemoryRows;
import dev.skein.simulation.store.MemoryTables;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;

/** What rollouts and rollbacks somebody may think of. */
final class RandomSpecs {
    private static final List<TargetShare> CANARIES = shares("1", "1 per site", "40%");
    private static final List<TargetShare> BUDGETS = shares("0", "1", "50%");
    private static final TargetShare ONE = TargetShare.parse("1");

    private final SimulatedWorld world;
    private final MemoryTables tables;
    private final List<String> targets;

    RandomSpecs(SimulatedWorld world, MemoryTables tables, List<String> targets) {
        this.world = world;
        this.tables = tables;
        this.targets = List.copyOf(targets);
    }

    private static List<TargetShare> shares(String... texts) {
        return Stream.of(texts).map(TargetShare::parse).toList();
    }

    /** A rollout of some bundle, in some waves. */
    RolloutSpec rollout(String id) {
        var chance = world.chance();
        var bundle = chance.of(List.copyOf(new TreeMap<>(world.bundles()).keySet()));
        var waves = waves();
        var select = chance.is(0.7) ? "" : "site = " + chance.of(List.of("eu", "us"));
        return new RolloutSpec(id, bundle, chance.of(targets), select, null, null, waves, null);
    }

    private List<RolloutSpec.WaveSpec> waves() {
        var chance = world.chance();
        var waves = new ArrayList<RolloutSpec.WaveSpec>();
        if (chance.is(0.8)) {
            waves.add(wave("canary", chance.of(CANARIES)));
        }
        if (chance.is(0.4)) {
            waves.add(wave("early", ONE));
        }
        waves.add(wave("rest", TargetShare.ALL));
        return waves;
    }

    private RolloutSpec.WaveSpec wave(String name, TargetShare take) {
        var chance = world.chance();
        return new RolloutSpec.WaveSpec(
                name,
                take,
                Duration.ofSeconds(chance.of(List.of(0, 5, 30))),
                chance.of(BUDGETS),
                chance.between(1, 3));
    }

    /** All of a rollout, or one wave or one database of it. */
    RolloutSpec.Undo undo(String id, List<MemoryRows.Target> ofIt) {
        if (ofIt.isEmpty() || world.chance().is(0.5)) {
            return new RolloutSpec.Undo(id, null, null, "it was wrong", null);
        }
        var one = world.chance().of(ofIt);
        var plan = Objects.requireNonNull(tables.plans().get(id));
        return world.chance().is(0.5)
                ? new RolloutSpec.Undo(
                        id, plan.plan().waves().get(one.wave()).name(), null, "one wave", null)
                : new RolloutSpec.Undo(id, null, one.uid(), "one database", null);
    }
}
