// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.audit.drift.Drift;
import dev.skein.audit.drift.Fleet;
import dev.skein.audit.log.Continuation;
import dev.skein.audit.log.Log;
import dev.skein.audit.log.Received;
import dev.skein.audit.log.Resolution;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.Db;
import dev.skein.service.kafka.RecordFault;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Decisions of the control plane that this service acts upon, once they are in the log. */
final class Decisions {
    private static final Logger LOG = Logger.getLogger(Decisions.class);
    private static final String DRIFT = "drift/";
    private static final String DATABASE = "database/";
    private static final String HISTORY = "history/";
    private static final String LOG_ITSELF = HISTORY + "log";
    private static final String FAILED = "DECISION";
    private static final String NOTHING_FOLLOWS = "it is in the log, and nothing follows from it: ";
    private static final List<String> STREAMS = List.of(DRIFT, DATABASE, HISTORY);
    private static final Set<String> KINDS = Set.of("adopted", "ignored");

    /** So often what follows may take too long: it may have waited for somebody. */
    private static final int TRIES = 3;

    private final Drift drift;
    private final Continuation continuation;
    private final Map<String, Integer> tries = new ConcurrentHashMap<>();

    Decisions(Drift drift, Continuation continuation) {
        this.drift = drift;
        this.continuation = continuation;
    }

    /**
     * What follows from a decision is no part of the log: where it fails, the entry stands. So it
     * does where what follows takes too long again and again: the log goes on.
     */
    void tell(Db.Tx tx, Received accepted) {
        var stream = accepted.source();
        if (STREAMS.stream().noneMatch(stream::startsWith)) {
            return;
        }
        var decision = stream + "/" + accepted.seq();
        read(tx, accepted)
                .flatMap(work -> tx.attempt(work, tooLong -> isTriedAgain(decision)))
                .map(RecordFault::reason)
                .ifPresent(why -> Log.note(tx, accepted, FAILED, NOTHING_FOLLOWS + why));
    }

    /** Counted for good: the batch is read again for others of it, too. */
    private boolean isTriedAgain(String decision) {
        return tries.merge(decision, 1, Integer::sum) < TRIES;
    }

    /** What follows. One that this version does not know is in the log, and nothing does. */
    private Optional<Runnable> read(Db.Tx tx, Received accepted) {
        try {
            var says = Json.read(accepted.envelope(), JsonNode.class);
            var payload = says.path("payload").toString();
            return switch (says.path("type").asText()) {
                case "drift.Decided" -> drift(tx, accepted, says, payload);
                case "database.Forgotten" -> forgotten(tx, accepted, says, payload);
                case "history.Resolved" -> resolved(tx, accepted, payload);
                case "history.Continued" -> continued(tx, accepted, says, payload);
                default -> Optional.empty();
            };
        } catch (SkeinException | DateTimeException e) {
            LOG.errorf("decision %s/%d: %s", accepted.source(), accepted.seq(), e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<Runnable> drift(Db.Tx tx, Received accepted, JsonNode says, String payload) {
        var decision = Json.read(payload, Drift.Decision.class);
        if (!KINDS.contains(decision.kind()) || !accepted.source().equals(DRIFT + decision.uid())) {
            return Optional.empty();
        }
        var actor = says.path("actor").asText();
        var at = Instant.parse(says.path("at").asText());
        return Optional.of(() -> drift.take(tx, decision, actor, at));
    }

    private Optional<Runnable> forgotten(
            Db.Tx tx, Received accepted, JsonNode says, String payload) {
        var gone = Json.read(payload, Fleet.Forgotten.class);
        if (gone.uid().isEmpty() || !accepted.source().equals(DATABASE + gone.uid())) {
            return Optional.empty();
        }
        var actor = says.path("actor").asText();
        var at = Instant.parse(says.path("at").asText());
        return Optional.of(() -> drift.forget(tx, gone, actor, at));
    }

    private Optional<Runnable> continued(
            Db.Tx tx, Received accepted, JsonNode says, String payload) {
        if (!accepted.source().equals(LOG_ITSELF)) {
            return Optional.empty();
        }
        var decided = Json.read(payload, Continuation.Decided.class);
        var actor = says.path("actor").asText();
        var at = Instant.parse(says.path("at").asText());
        return Optional.of(() -> continuation.take(tx, decided, actor, at));
    }

    private record Resolved(@Nullable String source, long at) {}

    private static Optional<Runnable> resolved(Db.Tx tx, Received accepted, String payload) {
        var decision = Json.read(payload, Resolved.class);
        var source = decision.source();
        return source != null && accepted.source().equals(HISTORY + source)
                ? Optional.of(() -> Resolution.take(tx, source, decision.at()))
                : Optional.empty();
    }
}
