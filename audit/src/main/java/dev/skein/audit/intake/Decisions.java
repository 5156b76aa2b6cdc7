// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.audit.drift.Drift;
import dev.skein.audit.log.Received;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.Db;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Decisions of the control plane that this service acts upon, once they are in the log. */
final class Decisions {
    private static final Logger LOG = Logger.getLogger(Decisions.class);
    private static final String DRIFT = "drift/";
    private static final Set<String> KINDS = Set.of("adopted", "ignored");

    private Decisions() {}

    static void tell(Db.Tx tx, Received accepted, Drift drift) {
        if (accepted.source().startsWith(DRIFT)) {
            read(accepted).ifPresent(r -> drift.take(tx, r.decision(), r.actor(), r.at()));
        }
    }

    private record Read(Drift.Decision decision, String actor, Instant at) {}

    /** One that this version does not know is in the log, and nothing follows from it here. */
    private static Optional<Read> read(Received accepted) {
        try {
            var says = Json.read(accepted.envelope(), JsonNode.class);
            var decision = Json.read(says.path("payload").toString(), Drift.Decision.class);
            var known =
                    says.path("type").asText().equals("drift.Decided")
                            && KINDS.contains(decision.kind())
                            && accepted.source().equals(DRIFT + decision.uid());
            return known
                    ? Optional.of(
                            new Read(
                                    decision,
                                    says.path("actor").asText(),
                                    Instant.parse(says.path("at").asText())))
                    : Optional.empty();
        } catch (SkeinException | DateTimeException e) {
            LOG.errorf("decision %s/%d: %s", accepted.source(), accepted.seq(), e.getMessage());
            return Optional.empty();
        }
    }
}
