// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.check;

import dev.skein.simulation.control.GivenCommand;
import dev.skein.simulation.site.SimulatedAgent;
import dev.skein.simulation.site.SimulatedTenant;
import dev.skein.simulation.store.MemoryRows;
import dev.skein.simulation.store.PlannedDatabases;
import java.util.List;
import java.util.Map;

/**
 * What is left of a history.
 *
 * @param targets the rollouts' databases
 * @param failures them as they were whenever they had failed
 * @param plans of the rollouts, by their ids
 * @param lost those of them whose journals nobody can read any more
 * @param agents the sites' agents
 * @param asked what people know of their commands
 * @param holds when databases were said to be held
 * @param known the last entry of each database that the control plane knows of
 * @param wire what the directives' topics hold
 */
public record HistoryEvidence(
        List<MemoryRows.Stream> streams,
        List<MemoryRows.Target> targets,
        List<MemoryRows.Target> failures,
        Map<String, PlannedDatabases> plans,
        List<SimulatedTenant> tenants,
        List<String> lost,
        List<SimulatedAgent> agents,
        List<GivenCommand> asked,
        List<MemoryRows.Held> holds,
        Map<String, Long> known,
        Wire wire) {
    public HistoryEvidence {
        streams = List.copyOf(streams);
        targets = List.copyOf(targets);
        failures = List.copyOf(failures);
        plans = Map.copyOf(plans);
        tenants = List.copyOf(tenants);
        lost = List.copyOf(lost);
        agents = List.copyOf(agents);
        asked = List.copyOf(asked);
        holds = List.copyOf(holds);
        known = Map.copyOf(known);
    }

    /**
     * Directives, as they were decided and as their topics have them.
     *
     * @param newest the last record of each database: its generation, or 0 for a tombstone
     * @param passedOver how many records of agents were read and had no effect
     */
    public record Wire(List<MemoryRows.Issued> decided, Map<String, Long> newest, long passedOver) {
        public Wire {
            decided = List.copyOf(decided);
            newest = Map.copyOf(newest);
        }
    }
}
