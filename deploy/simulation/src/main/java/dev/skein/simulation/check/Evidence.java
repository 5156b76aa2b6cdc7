// SPDX-License-Identifier: Apache-2.0
package dev.skein.simulation.check;

import dev.skein.api.rollout.RolloutPlan;
import dev.skein.simulation.control.Desk;
import dev.skein.simulation.site.Rules;
import dev.skein.simulation.site.Tenant;
import dev.skein.simulation.store.Rows;
import java.util.List;
import java.util.Map;

/**
 * What is left of a history.
 *
 * @param plans of the rollouts, by their ids
 * @param asked what people know of their commands
 */
public record Evidence(
        List<Rows.Stream> streams,
        Map<String, RolloutPlan> plans,
        List<Tenant> tenants,
        List<Desk.Asked> asked,
        Rules rules) {
    public Evidence {
        streams = List.copyOf(streams);
        plans = Map.copyOf(plans);
        tenants = List.copyOf(tenants);
        asked = List.copyOf(asked);
    }
}
