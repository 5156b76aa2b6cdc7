// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.store;

import dev.skein.api.fleet.AgentSaves;
import dev.skein.api.fleet.DatabaseSelector;
import dev.skein.api.fleet.FleetDatabase;
import dev.skein.api.fleet.FleetKind;
import dev.skein.api.store.FleetStore;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.journal.Envelope;
import dev.skein.service.database.Db.Tx;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What agents report, in memory: of what they tell, what decisions need. */
public class MemoryFleet extends FleetStore {
    private static final Comparator<FleetDatabase> ORDER =
            Comparator.comparing(FleetDatabase::name)
                    .thenComparing(FleetDatabase::site)
                    .thenComparing(FleetDatabase::uid);

    private final MemoryTables tables;

    public MemoryFleet(MemoryTables tables) {
        this.tables = tables;
    }

    @Override
    public void reports(Tx tx, List<Told<DatabaseReport>> reports) {
        reports.forEach(told -> put(told.says()));
    }

    private void put(DatabaseReport report) {
        var known = tables.fleet.get(report.uid());
        if (report.saysAbsent()) {
            if (known != null) {
                put(known.seq(), known.database(), known.database().heads(), 0, report.problem());
            }
            return;
        }
        if (known == null || report.seq() >= known.seq()) {
            var before = known == null ? of(report) : known.database();
            put(report.seq(), before, report.heads(), report.accepted(), report.problem());
        } else {
            var before = known.database();
            put(known.seq(), before, before.heads(), report.accepted(), report.problem());
        }
    }

    private static FleetDatabase of(DatabaseReport r) {
        return new FleetDatabase(
                r.uid(),
                r.site(),
                r.server(),
                r.name(),
                r.heads(),
                r.accepted(),
                r.fingerprint(),
                r.serverMajor(),
                r.labels(),
                r.problem(),
                false);
    }

    private void put(
            long seq,
            FleetDatabase of,
            List<String> heads,
            long accepted,
            @Nullable String problem) {
        var now =
                new FleetDatabase(
                        of.uid(),
                        of.site(),
                        of.server(),
                        of.name(),
                        heads,
                        Math.max(of.accepted(), accepted),
                        of.fingerprint(),
                        of.serverMajor(),
                        of.labels(),
                        problem,
                        false);
        tables.fleet.put(of.uid(), new MemoryRows.Known(now, seq));
    }

    @Override
    public void entries(Tx tx, List<Written> entries) {
        entries.forEach(written -> put(written.entry()));
    }

    private void put(Envelope entry) {
        var known = tables.fleet.get(entry.uid());
        if (known != null && known.seq() < entry.seq()) {
            var generation = entry.generation();
            var of = known.database();
            put(entry.seq(), of, entry.heads(), generation == null ? 0 : generation, of.problem());
        }
    }

    @Override
    public void beats(Tx tx, List<Told<Heartbeat>> beats) {
        for (var told : beats) {
            var beat = told.says();
            var row = new MemoryRows.Beat(beat.site(), tables.now(), beat.running());
            tables.agents.put(beat.agent(), row);
        }
    }

    @Override
    public Map<String, List<AgentSaves>> saves(Tx tx) {
        return Map.of();
    }

    private List<FleetDatabase> all() {
        return tables.fleet.all().stream().map(MemoryRows.Known::database).toList();
    }

    @Override
    public long count(Tx tx) {
        return all().size();
    }

    @Override
    public DatabaseSelector selector(Tx tx, String text) {
        var selector = DatabaseSelector.parse(text);
        selector.refuseUnknownLabels(
                all().stream().flatMap(one -> one.labels().keySet().stream()).toList());
        return selector;
    }

    @Override
    public void selected(Tx tx, DatabaseSelector selector, Consumer<List<FleetDatabase>> taker) {
        taker.accept(all().stream().filter(selector::selects).sorted(ORDER).toList());
    }

    @Override
    public void kinds(Tx tx, DatabaseSelector selector, Consumer<FleetKind> taker) {
        all().stream()
                .filter(selector::selects)
                .filter(one -> one.problem() == null && !one.drifted())
                .map(one -> new FleetKind(one.site(), one.serverMajor(), one.heads(), 1))
                .forEach(taker);
    }

    @Override
    public Map<String, FleetDatabase> of(Tx tx, Collection<String> uids) {
        var found = new HashMap<String, FleetDatabase>();
        all().stream()
                .filter(one -> uids.contains(one.uid()))
                .forEach(one -> found.put(one.uid(), one));
        return found;
    }
}
