// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.fleet.client;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.agent.cli.common.Output;
import java.util.Optional;

/** Asks the control plane again and again, and outlives its restarts. */
public final class PatientClient {
    private final ApiClient client;
    private final Output out;
    private boolean isAway;
    private boolean seen;

    public PatientClient(ApiClient client, Output out) {
        this.client = client;
        this.out = out;
    }

    /**
     * What is at a path; nothing while the control plane is away.
     *
     * @throws NoAnswer if it never answered: that is a wrong address, more likely than a restart
     */
    public Optional<JsonNode> look(String path) {
        try {
            var found = client.again(path);
            if (isAway) {
                out.say("The control plane answers again");
            }
            isAway = false;
            seen = true;
            return Optional.of(found);
        } catch (NoAnswer e) {
            if (!seen) {
                throw e;
            }
            if (!isAway) {
                out.say("Reconnecting: " + e.found());
            }
            isAway = true;
            return Optional.empty();
        }
    }
}
