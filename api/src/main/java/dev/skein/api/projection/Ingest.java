// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.projection;

import dev.skein.api.command.Findings;
import dev.skein.api.conductor.ConductorLoop;
import dev.skein.api.config.ApiConfig;
import dev.skein.api.store.BackupStore;
import dev.skein.api.store.FleetStore;
import dev.skein.api.store.Outcome;
import dev.skein.api.store.OutcomeStore;
import dev.skein.engine.Json;
import dev.skein.engine.SkeinException;
import dev.skein.engine.backup.Backup;
import dev.skein.engine.backup.BackupSafeguard;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.event.JournalRecord;
import dev.skein.engine.event.Reply;
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
    private final BackupStore backups;
    private final Findings findings;
    private final ConductorLoop conductor;
    private final ApiConfig config;

    public Ingest(
            FleetStore fleet,
            OutcomeStore outcomes,
            BackupStore backups,
            Findings findings,
            ConductorLoop conductor,
            ApiConfig config) {
        this.backups = backups;
        this.findings = findings;
        this.fleet = fleet;
        this.outcomes = outcomes;
        this.conductor = conductor;
        this.config = config;
    }

    /** What a batch holds, sorted by what becomes of it. */
    private static final class Heard {
        final List<Outcome> ends = new ArrayList<>();
        final Map<String, DatabaseReport> reports = new LinkedHashMap<>();
        final Map<String, Heartbeat> beats = new LinkedHashMap<>();
        final Map<String, Said> entries = new LinkedHashMap<>();
        final List<Backup> backups = new ArrayList<>();
        final List<BackupStore.Step> steps = new ArrayList<>();
        final List<Reply> replies = new ArrayList<>();
    }

    /** What an entry says, and its hash. */
    private record Said(Envelope envelope, String hash) {
        static Said later(Said a, Said b) {
            return b.envelope().seq() >= a.envelope().seq() ? b : a;
        }
    }

    /** Stores a batch of any of the topics; gives what to do after the commit. */
    Runnable store(Db.Tx tx, List<ConsumerRecord<String, byte[]>> batch) {
        var heard = new Heard();
        for (var record : batch) {
            if (record.value() == null) {
                continue; // a tombstone of a compacted topic
            }
            try {
                sort(record, heard);
            } catch (SkeinException e) {
                // A record nobody can read must not stop the others; it stays in the topic.
                LOG.errorf(
                        "unreadable record topic=%s partition=%d offset=%d: %s",
                        record.topic(), record.partition(), record.offset(), e.getMessage());
            }
        }
        var touched = new ArrayList<>(outcomes.apply(tx, heard.ends)); // heads are locked first
        heard.replies.forEach(reply -> touched.addAll(findings.take(tx, reply)));
        heard.beats.values().forEach(beat -> fleet.put(tx, beat));
        sorted(heard.entries).forEach(e -> fleet.put(tx, e.envelope(), e.hash()));
        sorted(heard.reports).forEach(report -> fleet.put(tx, report));
        heard.backups.forEach(backup -> backups.put(tx, backup));
        backups.began(tx, heard.steps);
        return () -> conductor.wake(touched);
    }

    private void sort(ConsumerRecord<String, byte[]> record, Heard heard) {
        if (new String(record.value(), StandardCharsets.UTF_8).contains("\\u0000")) {
            throw SkeinException.failed("Record", "it holds what no text of a database can", "");
        }
        switch (record.topic()) {
            case Topics.JOURNAL -> sort(Json.read(record.value(), JournalRecord.class), heard);
            case Topics.INVENTORY -> {
                var report = Json.read(record.value(), DatabaseReport.class);
                if (config.sites().contains(report.site())) {
                    heard.reports.put(report.uid() + "/" + report.site(), report);
                    answer(report, heard.ends);
                }
            }
            case Topics.REPLIES -> heard.replies.add(Json.read(record.value(), Reply.class));
            default -> {
                var beat = Json.read(record.value(), Heartbeat.class);
                heard.beats.put(beat.agent(), beat);
            }
        }
    }

    private static void sort(JournalRecord entry, Heard heard) {
        var envelope = Envelope.parse(entry.envelope());
        heard.entries.merge(entry.uid(), new Said(envelope, entry.hash()), Said::later);
        var end = end(envelope, entry.body());
        if (end != null) {
            heard.ends.add(end);
        }
        var rollout = envelope.rollout();
        if (rollout != null && BackupSafeguard.isStep(envelope.kind())) {
            heard.steps.add(
                    new BackupStore.Step(
                            rollout, entry.uid(), envelope.incarnation(), envelope.seq()));
        }
        var body = entry.body();
        if (envelope.kind() == EntryKind.BACKED_UP && body != null) {
            var backup = Json.read(body, Backup.class);
            if (backup.uid().equals(entry.uid())) {
                heard.backups.add(backup);
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
        if (entry.kind() == EntryKind.OBSERVED || entry.kind() == EntryKind.RESTORED) {
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
        var aside = Boolean.TRUE.equals(answer.aside());
        var end = held ? Outcome.End.HELD : aside ? Outcome.End.SET_ASIDE : Outcome.End.FAILED;
        ends.add(
                new Outcome(
                        report.uid(),
                        null,
                        answer.generation(),
                        end,
                        held ? null : Objects.toString(answer.kind()),
                        held ? null : answer.message(),
                        null));
    }
}
