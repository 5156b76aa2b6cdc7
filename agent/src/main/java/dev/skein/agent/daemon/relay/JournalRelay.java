// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.relay;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.discover.ServerDatabase;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.CloudEvent;
import dev.skein.engine.event.JournalRecord;
import dev.skein.engine.event.Topics;
import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalState;
import dev.skein.engine.postgres.BriefSessions;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.Vertx;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * Sends the entries of a journal that are not in Kafka yet, in their order, and notes how far it
 * came. Cut off in between it sends some again; whoever reads knows them by their number.
 */
@ApplicationScoped
public class JournalRelay {
    private static final int BATCH = 100;

    private final AgentKafka wire;
    private final PgClient client;
    private final AgentConfig config;
    private final Counter sent;

    public JournalRelay(AgentKafka wire, Vertx vertx, AgentConfig config, MeterRegistry registry) {
        this.wire = wire;
        this.client = PgClient.on(vertx);
        this.config = config;
        this.sent = registry.counter("skein.journal.relayed");
    }

    /**
     * Sends what waits.
     *
     * @param again whether the last entry is sent even if it was before: somebody missed it
     * @throws UnsentEntries if Kafka does not take it now
     */
    public void relay(ServerDatabase place, boolean again) {
        try (var session = client.open(place.address(), "skein relay", BriefSessions.SETTINGS)) {
            relay(session, place, again);
        }
    }

    /** The same over a session that is there. */
    public void relay(PgSession session, ServerDatabase place, boolean again) {
        var journal = new Journal(session, "");
        var standing = journal.exists() ? journal.read() : Optional.<JournalState>empty();
        if (standing.isEmpty()) {
            return;
        }
        var state = standing.get();
        long published = journal.published();
        long at = again ? Math.min(published, state.seq() - 1) : published;
        while (at < state.seq()) {
            var entries = journal.after(at, BATCH, JournalRecord.LARGEST_BODY);
            if (entries.isEmpty()) {
                return;
            }
            await(place, send(state.uid(), entries));
            at = entries.getLast().seq();
            journal.published(at);
            sent.increment(entries.size());
        }
    }

    /** Sends entries again from a number on, as far as they were sent before. */
    public void resend(ServerDatabase place, long from) {
        try (var session = client.open(place.address(), "skein relay", BriefSessions.SETTINGS)) {
            var journal = new Journal(session, "");
            var state = journal.exists() ? journal.read() : Optional.<JournalState>empty();
            if (state.isEmpty()) {
                return;
            }
            long published = journal.published();
            for (long at = Math.max(0, from - 1); at < published; ) {
                var entries = journal.after(at, BATCH, JournalRecord.LARGEST_BODY);
                if (entries.isEmpty()) {
                    return;
                }
                await(place, send(state.get().uid(), entries));
                at = entries.getLast().seq();
            }
        }
    }

    private List<Future<?>> send(String uid, List<Entry> entries) {
        var futures = new ArrayList<Future<?>>();
        for (var entry : entries) {
            var envelope = Envelope.parse(entry.envelope());
            if (!envelope.uid().equals(uid)) {
                continue; // of what it is a copy of, which tells it itself
            }
            var event =
                    CloudEvent.of(
                            uid + "/" + entry.incarnation() + "/" + entry.seq(),
                            "revision." + envelope.kind().wire(),
                            "/agents/" + config.id(),
                            uid,
                            written(envelope));
            futures.add(wire.send(Topics.JOURNAL, uid, JournalRecord.of(uid, entry), event));
        }
        return futures;
    }

    private static Instant written(Envelope envelope) {
        try {
            return Instant.parse(envelope.at());
        } catch (DateTimeParseException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Entry " + envelope.seq(),
                    "it was changed by somebody else: its time is none",
                    "Restore the journal's tables from a backup of this database",
                    e);
        }
    }

    private static void await(ServerDatabase place, List<Future<?>> futures) {
        for (var future : futures) {
            try {
                future.get();
            } catch (ExecutionException e) {
                throw new UnsentEntries(
                        place.name(), e); // a topic that refuses it may take it later
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new SkeinException(
                        ErrorCode.INTERRUPTED, "Journal of " + place.name(), "interrupted", "", e);
            }
        }
    }
}
