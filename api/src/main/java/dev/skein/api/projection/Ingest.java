// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.projection;

import dev.skein.api.conductor.ConductorLoop;
import dev.skein.api.config.ApiConfig;
import dev.skein.api.store.FleetStore;
import dev.skein.api.store.Outcome;
import dev.skein.api.store.OutcomeStore;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.event.JournalRecord;
import dev.skein.engine.event.Topics;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.engine.postgres.Db;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/** Turns what agents say into rows: one batch, one transaction. */
@ApplicationScoped
public class Ingest {
    private static final Logger LOG = Logger.getLogger(Ingest.class);

    private final FleetStore fleet;
    private final OutcomeStore outcomes;
    private final ConductorLoop conductor;
    private final ApiConfig config;

    public Ingest(
            FleetStore fleet, OutcomeStore outcomes, ConductorLoop conductor, ApiConfig config) {
        this.fleet = fleet;
        this.outcomes = outcomes;
        this.conductor = conductor;
        this.config = config;
    }

    /** What an entry says, and its hash. */
    private record Said(Envelope envelope, String hash) {
        static Said later(Said a, Said b) {
            return b.envelope().seq() >= a.envelope().seq() ? b : a;
        }
    }

    /** Stores a batch of any of the topics; gives what to do after the commit. */
    Runnable store(Db.Tx tx, List<ConsumerRecord<String, byte[]>> batch) {
        var ends = new ArrayList<Outcome>();
        var reports = new LinkedHashMap<String, DatabaseReport>();
        var beats = new LinkedHashMap<String, Heartbeat>();
        var entries = new LinkedHashMap<String, Said>();
        for (var record : batch) {
            if (record.value() == null) {
                continue; // a tombstone of a compacted topic
            }
            try {
                sort(record, ends, reports, beats, entries);
            } catch (SkeinException e) {
                // A record nobody can read must not stop the others; it stays in the topic.
                LOG.errorf(
                        "unreadable record topic=%s partition=%d offset=%d: %s",
                        record.topic(), record.partition(), record.offset(), e.getMessage());
            }
        }
        var touched = outcomes.apply(tx, ends); // first: stream heads are locked before rows
        beats.values().forEach(beat -> fleet.put(tx, beat));
        sorted(entries).forEach(e -> fleet.put(tx, e.envelope(), e.hash()));
        sorted(reports).forEach(report -> fleet.put(tx, report));
        return () -> conductor.wake(touched);
    }

    private void sort(
            ConsumerRecord<String, byte[]> record,
            List<Outcome> ends,
            Map<String, DatabaseReport> reports,
            Map<String, Heartbeat> beats,
            Map<String, Said> entries) {
        switch (record.topic()) {
            case Topics.JOURNAL -> {
                var entry = Json.read(record.value(), JournalRecord.class);
                var envelope = Envelope.parse(entry.envelope());
                entries.merge(entry.uid(), new Said(envelope, entry.hash()), Said::later);
                var end = end(envelope, entry.body());
                if (end != null) {
                    ends.add(end);
                }
            }
            case Topics.INVENTORY -> {
                var report = Json.read(record.value(), DatabaseReport.class);
                if (config.sites().contains(report.site())) {
                    reports.put(report.uid(), report);
                    answer(report, ends);
                }
            }
            default -> {
                var beat = Json.read(record.value(), Heartbeat.class);
                beats.put(beat.agent(), beat);
            }
        }
    }

    private static <T> List<T> sorted(Map<String, T> byUid) {
        return byUid.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }

    private static @Nullable Outcome end(Envelope entry, byte @Nullable [] body) {
        var rollout = entry.rollout();
        var generation = entry.generation();
        if (rollout == null || generation == null) {
            return null;
        }
        if (entry.kind() == EntryKind.OBSERVED) {
            return new Outcome(
                    entry.uid(),
                    rollout,
                    generation,
                    Outcome.End.SUCCEEDED,
                    null,
                    null,
                    entry.millis());
        }
        if (entry.kind() != EntryKind.FAILED) {
            return null;
        }
        var message = body == null ? "" : new String(body, StandardCharsets.UTF_8);
        return new Outcome(
                entry.uid(),
                rollout,
                generation,
                Outcome.End.FAILED,
                entry.signature(),
                message,
                null);
    }

    private static void answer(DatabaseReport report, List<Outcome> ends) {
        var answer = report.answer();
        if (answer == null) {
            return;
        }
        var held = answer.kind() == DatabaseReport.Kind.HELD;
        ends.add(
                new Outcome(
                        report.uid(),
                        null,
                        answer.generation(),
                        held ? Outcome.End.HELD : Outcome.End.FAILED,
                        held ? null : Objects.toString(answer.kind()),
                        held ? null : answer.message(),
                        null));
    }
}
