// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.audit.drift.Drift;
import dev.skein.audit.log.Received;
import dev.skein.engine.Json;
import dev.skein.engine.postgres.Db;
import java.time.Instant;

/** Decisions of the control plane that this service acts upon, besides keeping them. */
final class Decisions {
    private static final String DRIFT = "drift/";

    private Decisions() {}

    static void tell(Db.Tx tx, Received received, Drift drift) {
        if (!received.source().startsWith(DRIFT)) {
            return;
        }
        var says = Json.read(received.envelope(), JsonNode.class);
        var decision = Json.read(says.path("payload").toString(), Drift.Decision.class);
        var at = Instant.parse(says.path("at").asText());
        drift.take(tx, decision, says.path("actor").asText(), at);
    }
}
