// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation;

import dev.skein.api.rollout.RolloutEvent;
import dev.skein.engine.event.Directive;
import dev.skein.engine.event.Topics;
import dev.skein.simulation.check.HistoryEvidence;
import dev.skein.simulation.site.SimulatedTenant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Tells afterwards what there is of a history. */
final class HistoryWitness {
    private final HistoryParts stage;

    HistoryWitness(HistoryParts stage) {
        this.stage = stage;
    }

    /** The kinds of what has come. */
    Set<String> reached() {
        var reached = new TreeSet<String>();
        for (var stream : stage.tables.streams()) {
            for (var event : stream.events()) {
                var halted = event.event() instanceof RolloutEvent.Halted h && h.silent() != null;
                reached.add(event.event().getClass().getSimpleName() + (halted ? " silent" : ""));
            }
        }
        stage.tables.targets().forEach(target -> reached.add(target.state()));
        reached.addAll(stage.world.happened());
        return reached;
    }

    HistoryEvidence evidence() {
        return new HistoryEvidence(
                stage.tables.streams(),
                stage.tables.targets(),
                stage.tables.failures(),
                stage.tables.plans(),
                List.copyOf(stage.tenants.values()),
                stage.tenants.values().stream()
                        .filter(this::isLost)
                        .map(SimulatedTenant::uid)
                        .toList(),
                stage.agents,
                stage.desk.given(),
                stage.tables.holds(),
                stage.tables.known(),
                new HistoryEvidence.Wire(
                        stage.tables.directives(), newest(), stage.tables.passedOver()));
    }

    /** Whether nobody can read any more what its journal says. */
    private boolean isLost(SimulatedTenant tenant) {
        return tenant.isDropped() || stage.world.sites().isRemoved(tenant.site());
    }

    /** The last record of each database in the topics of directives. */
    private Map<String, Long> newest() {
        var newest = new HashMap<String, Long>();
        for (var site : HistoryParts.SITES) {
            for (var partition : stage.world.broker().partitions(Topics.directives(site))) {
                for (var told : partition.read(0, Integer.MAX_VALUE)) {
                    var generation = told.value() instanceof Directive d ? d.generation() : 0;
                    newest.put(told.key(), generation);
                }
            }
        }
        return newest;
    }
}
