// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import com.fasterxml.jackson.databind.JsonNode;
import dev.skein.audit.drift.DriftDetector;
import dev.skein.audit.drift.FleetCoverage;
import dev.skein.audit.log.HistoryResolution;
import dev.skein.audit.log.LogContinuation;
import dev.skein.audit.log.ReceivedEntry;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Decisions of the control plane that this service acts upon, once they are in the log. */
final class DecisionEffects {
    private static final String DRIFT = "drift/";
    private static final String DATABASE = "database/";
    private static final String HISTORY = "history/";
    private static final String LOG_ITSELF = HISTORY + "log";
    private static final List<String> STREAMS = List.of(DRIFT, DATABASE, HISTORY);
    private static final Set<String> KINDS = Set.of("adopted", "ignored");

    private final DriftDetector drift;
    private final LogContinuation continuation;
    private final HistoryResolution resolution;

    DecisionEffects(
            DriftDetector drift, LogContinuation continuation, HistoryResolution resolution) {
        this.drift = drift;
        this.continuation = continuation;
        this.resolution = resolution;
    }

    /** Whether something may follow from what is in a history. */
    static boolean isFollowed(String stream) {
        return STREAMS.stream().anyMatch(stream::startsWith);
    }

    /** What a decision is about: a database, whichever of its histories it is in, or else that. */
    static String about(String stream) {
        return Stream.of(DRIFT, DATABASE)
                .filter(stream::startsWith)
                .map(prefix -> stream.substring(prefix.length()))
                .findFirst()
                .orElse(stream);
    }

    /**
     * What follows. One that this version does not know is in the log, and nothing does.
     *
     * @throws SkeinException where it does not say what one of its type says
     */
    Optional<Runnable> effect(Db.Tx tx, ReceivedEntry accepted) {
        try {
            var says = Json.read(accepted.envelope(), JsonNode.class);
            var payload = says.path("payload").toString();
            return switch (says.path("type").asText()) {
                case "drift.Decided" -> drift(tx, accepted, says, payload);
                case "database.Forgotten" -> forgotten(tx, accepted, says, payload);
                case "history.Resolved" -> resolved(tx, accepted, says, payload);
                case "history.Continued" -> continued(tx, accepted, says, payload);
                default -> Optional.empty();
            };
        } catch (SkeinException | DateTimeException e) {
            throw new SkeinException(
                    ErrorCode.DIFFERS,
                    "Decision " + accepted.seq() + " of " + accepted.source(),
                    "it is not what one of its type says: " + e.getMessage(),
                    "Decide once more what is still meant");
        }
    }

    private Optional<Runnable> drift(
            Db.Tx tx, ReceivedEntry accepted, JsonNode says, String payload) {
        var decision = Json.read(payload, DriftDetector.Decision.class);
        if (!KINDS.contains(decision.kind()) || !accepted.source().equals(DRIFT + decision.uid())) {
            return Optional.empty();
        }
        var actor = says.path("actor").asText();
        var at = Instant.parse(says.path("at").asText());
        return Optional.of(() -> drift.take(tx, decision, actor, at));
    }

    private Optional<Runnable> forgotten(
            Db.Tx tx, ReceivedEntry accepted, JsonNode says, String payload) {
        var gone = Json.read(payload, FleetCoverage.Forgotten.class);
        if (gone.uid().isEmpty() || !accepted.source().equals(DATABASE + gone.uid())) {
            return Optional.empty();
        }
        var actor = says.path("actor").asText();
        var at = Instant.parse(says.path("at").asText());
        return Optional.of(() -> drift.forget(tx, gone, actor, at));
    }

    private Optional<Runnable> continued(
            Db.Tx tx, ReceivedEntry accepted, JsonNode says, String payload) {
        if (!accepted.source().equals(LOG_ITSELF)) {
            return Optional.empty();
        }
        var decided = Json.read(payload, LogContinuation.Decided.class);
        var actor = says.path("actor").asText();
        var at = Instant.parse(says.path("at").asText());
        return Optional.of(() -> continuation.take(tx, decided, actor, at));
    }

    private Optional<Runnable> resolved(
            Db.Tx tx, ReceivedEntry accepted, JsonNode says, String payload) {
        var decided = Json.read(payload, HistoryResolution.Decided.class);
        var source = decided.source();
        if (source == null || !accepted.source().equals(HISTORY + source)) {
            return Optional.empty();
        }
        var by =
                new HistoryResolution.By(
                        says.path("actor").asText(), Instant.parse(says.path("at").asText()));
        return Optional.of(() -> {
            FleetCoverage.askAgain(tx, source, Math.max(decided.at(), decided.to()));
            resolution.take(
                    tx,
                    source,
                    decided,
                    by,
                    LogRecordReader::parked,
                    one -> LogHandler.keep(tx, one));
        });
    }
}
