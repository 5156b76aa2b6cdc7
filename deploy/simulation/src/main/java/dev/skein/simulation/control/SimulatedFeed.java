// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.control;

import dev.skein.api.projection.DirectiveEnds;
import dev.skein.api.store.DirectiveOutcome;
import dev.skein.api.store.FleetStore;
import dev.skein.api.store.OutcomeStore;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.event.Topics;
import dev.skein.engine.journal.Envelope;
import dev.skein.service.database.Db.Tx;
import dev.skein.service.kafka.RecordTime;
import dev.skein.simulation.site.ServiceProcess;
import dev.skein.simulation.site.SimulatedWorld;
import dev.skein.simulation.store.MemoryDb;
import dev.skein.simulation.store.MemoryFleet;
import dev.skein.simulation.store.MemoryOutbox;
import dev.skein.simulation.store.MemoryTables;
import dev.skein.simulation.wire.SimulatedBroker;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/** Reads what agents say: what a batch does and where to read on are one transaction. */
final class SimulatedFeed {
    private static final RecordTime NOW = new RecordTime(null, true);
    private static final int AGAIN = 10_000;
    private static final int MOST = 20;
    private static final List<String> TOPICS =
            List.of(Topics.JOURNAL, Topics.INVENTORY, Topics.AGENTS);

    private final SimulatedWorld world;
    private final ServiceProcess process;
    private final MemoryDb db;
    private final MemoryOutbox positions;
    private final OutcomeStore outcomes;
    private final MemoryFleet fleet;
    private final SimulatedSettings settings;
    private final Consumer<String> wake;
    private final Set<String> reading = new HashSet<>();

    SimulatedFeed(
            SimulatedWorld world,
            ServiceProcess process,
            MemoryDb db,
            MemoryTables tables,
            OutcomeStore outcomes,
            MemoryFleet fleet,
            SimulatedSettings settings,
            Consumer<String> wake) {
        this.world = world;
        this.process = process;
        this.db = db;
        this.positions = new MemoryOutbox(tables);
        this.outcomes = outcomes;
        this.fleet = fleet;
        this.settings = settings;
        this.wake = wake;
    }

    void start() {
        reading.clear();
        process.every(AGAIN, this::hearUnread);
    }

    private void hearUnread() {
        for (var topic : TOPICS) {
            for (var partition : world.broker().partitions(topic)) {
                if (partition.end() > positions.position(partition.name())) {
                    hears(partition);
                }
            }
        }
    }

    void hears(SimulatedBroker.Partition partition) {
        if (TOPICS.contains(partition.topic()) && reading.add(partition.name())) {
            process.in(world.chance().between(20, 300), () -> read(partition));
        }
    }

    private void read(SimulatedBroker.Partition partition) {
        var from = positions.position(partition.name());
        var batch = partition.read((int) from, MOST);
        if (batch.isEmpty() || world.broker().isDown()) {
            reading.remove(partition.name());
            return;
        }
        process.soon(() -> store(partition, from, batch));
    }

    private void store(
            SimulatedBroker.Partition partition, long from, List<SimulatedBroker.Told> batch) {
        reading.remove(partition.name());
        try {
            if (world.rules().keepsPositionWithEffect()) {
                db.<List<String>>call(tx ->
                                positions.move(partition.name(), from, from + batch.size())
                                        ? effect(tx, partition, batch)
                                        : List.of())
                        .forEach(wake);
            } else if (db.call(tx -> positions.move(partition.name(), from, from + batch.size()))) {
                db.call(tx -> effect(tx, partition, batch)).forEach(wake);
            }
            if (partition.end() > from + batch.size()) {
                hears(partition);
            }
        } catch (StoreTrouble.Refused e) {
            hears(partition);
        }
    }

    /** What is said of a site that the settings do not name has no effect. */
    private boolean isOurs(DatabaseReport report) {
        return settings.sites().contains(report.site());
    }

    private List<String> effect(
            Tx tx, SimulatedBroker.Partition partition, List<SimulatedBroker.Told> batch) {
        positions.effected(partition.name(), batch.size());
        var ends = ends(batch);
        var touched = ends.isEmpty() ? List.<String>of() : outcomes.apply(tx, ends);
        batch.forEach(told -> putInFleet(tx, told));
        return touched;
    }

    private List<DirectiveOutcome> ends(List<SimulatedBroker.Told> batch) {
        var ends = new ArrayList<DirectiveOutcome>();
        for (var told : batch) {
            if (told.value() instanceof Envelope entry) {
                DirectiveEnds.of(entry, null).ifPresent(ends::add);
            } else if (told.value() instanceof DatabaseReport report && isOurs(report)) {
                DirectiveEnds.of(report).ifPresent(ends::add);
            }
        }
        return ends;
    }

    private void putInFleet(Tx tx, SimulatedBroker.Told told) {
        if (told.value() instanceof Envelope entry) {
            fleet.entries(tx, List.of(new FleetStore.Written(entry, "")));
        } else if (told.value() instanceof DatabaseReport report && isOurs(report)) {
            fleet.reports(tx, List.of(new FleetStore.Told<>(report, NOW)));
        } else if (told.value() instanceof Heartbeat beat) {
            fleet.beats(tx, List.of(new FleetStore.Told<>(beat, NOW)));
        }
    }
}
