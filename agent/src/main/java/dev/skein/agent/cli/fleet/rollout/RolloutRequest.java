// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.rollout;

import dev.skein.agent.cli.common.Output;
import dev.skein.agent.cli.fleet.client.FleetOptions;
import dev.skein.agent.cli.fleet.client.StatedReason;
import java.util.HashMap;
import java.util.Map;

/** What somebody asks of a rollout, with a reason. */
record RolloutRequest(FleetOptions fleet, RolloutChoice rollout, StatedReason reason) {
    /**
     * Asks for it.
     *
     * @param done what is said of the rollout then
     * @param more what belongs to it besides the reason
     */
    int send(String verb, Map<String, Object> more, String done, Output out) {
        var body = new HashMap<String, Object>(more);
        body.put("reason", reason.text());
        try (var client = fleet.client()) {
            client.post(rollout.path("/" + verb), body);
            out.say(done + " " + rollout.id());
        }
        return 0;
    }
}
