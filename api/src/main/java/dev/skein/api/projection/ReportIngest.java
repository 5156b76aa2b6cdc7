// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.projection;

import dev.skein.api.command.AgentFindings;
import dev.skein.api.conductor.ConductorLoop;
import dev.skein.api.config.ApiConfig;
import dev.skein.api.store.BackupStore;
import dev.skein.api.store.DirectiveOutcome;
import dev.skein.api.store.EventStore;
import dev.skein.api.store.FleetStore;
import dev.skein.api.store.FleetStore.Told;
import dev.skein.api.store.FleetStore.Written;
import dev.skein.api.store.OutcomeStore;
import dev.skein.engine.Json;
import dev.skein.engine.NumberBounds;
import dev.skein.engine.backup.Backup;
import dev.skein.engine.backup.BackupSafeguard;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.event.JournalRecord;
import dev.skein.engine.event.Reply;
import dev.skein.engine.event.ResendRequest;
import dev.skein.engine.event.Topics;
import dev.skein.engine.journal.EntryKind;
import dev.skein.engine.journal.Envelope;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordHandler;
import dev.skein.service.kafka.RecordTime;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Turns what agents say into rows: one batch, one transaction. */
@ApplicationScoped
public class ReportIngest implements RecordHandler {
    private final FleetStore fleet;
    private final OutcomeStore outcomes;
    private final BackupStore backups;
    private final AgentFindings findings;
    private final EventStore events;
    private final ConductorLoop conductor;
    private final ApiConfig config;

    public ReportIngest(
            FleetStore fleet,
            OutcomeStore outcomes,
            BackupStore backups,
            AgentFindings findings,
            EventStore events,
            ConductorLoop conductor,
            ApiConfig config) {
        this.backups = backups;
        this.findings = findings;
        this.events = events;
        this.fleet = fleet;
        this.outcomes = outcomes;
        this.conductor = conductor;
        this.config = config;
    }

    /** What a batch holds, sorted by what becomes of it. */
    private static final class Heard {
        final List<DirectiveOutcome> ends = new ArrayList<>();
        final Map<String, Told<DatabaseReport>> reports = new LinkedHashMap<>();
        final Map<String, Told<Heartbeat>> beats = new LinkedHashMap<>();
        final Map<String, Written> entries = new LinkedHashMap<>();
        final List<Backup> backups = new ArrayList<>();
        final List<BackupStore.Step> steps = new ArrayList<>();
        final List<Reply> replies = new ArrayList<>();
        final List<ResendRequest> recalls = new ArrayList<>();
    }

    /** Reads a batch of any of the topics, of whatever age. */
    @Override
    public Stored read(List<ConsumerRecord<String, byte[]>> batch) {
        return read(batch, record -> false);
    }

    @Override
    public Stored read(
            List<ConsumerRecord<String, byte[]>> batch,
            Predicate<ConsumerRecord<String, byte[]>> isFresh) {
        var heard = new Heard();
        for (var record : batch) {
            if (record.value() != null) { // a tombstone of a compacted topic
                sort(record, isFresh.test(record), heard);
            }
        }
        return new Stored() {
            @Override
            public Runnable in(Db.Tx tx) {
                return store(tx, heard);
            }

            @Override
            public Optional<Stored> first() {
                return failures(heard);
            }
        };
    }

    /** A failure may use a budget up: nothing more is opened behind it, whatever else waits. */
    private Optional<Stored> failures(Heard heard) {
        var failed =
                DirectiveOutcome.weightiest(heard.ends, Map.of()).stream()
                        .filter(outcome -> outcome.end() == DirectiveOutcome.End.FAILED)
                        .toList();
        return failed.isEmpty() ? Optional.empty() : Optional.of(tx -> count(tx, failed));
    }

    private Runnable count(Db.Tx tx, List<DirectiveOutcome> failed) {
        var touched = outcomes.apply(tx, failed);
        return () -> conductor.wake(touched);
    }

    private Runnable store(Db.Tx tx, Heard heard) {
        var touched = new ArrayList<>(outcomes.apply(tx, heard.ends)); // tallies are locked first
        heard.replies.forEach(reply -> touched.addAll(findings.keep(tx, reply)));
        fleet.beats(tx, sorted(heard.beats));
        fleet.entries(tx, sorted(heard.entries));
        fleet.reports(tx, sorted(heard.reports));
        backups.put(tx, heard.backups);
        backups.began(tx, heard.steps);
        heard.recalls.forEach(recall -> events.again(tx, recall.stream(), recall.from()));
        return () -> conductor.wake(touched);
    }

    private void sort(ConsumerRecord<String, byte[]> record, boolean isFresh, Heard heard) {
        switch (record.topic()) {
            case Topics.JOURNAL -> sort(Json.read(record.value(), JournalRecord.class), heard);
            case Topics.INVENTORY -> report(record, isFresh, heard);
            case Topics.REPLIES -> heard.replies.add(Json.read(record.value(), Reply.class));
            case Topics.RECALLS ->
                    heard.recalls.add(Json.read(record.value(), ResendRequest.class));
            default -> {
                var beat = Json.read(record.value(), Heartbeat.class);
                heard.beats.put(beat.agent(), new Told<>(beat, RecordTime.of(record, isFresh)));
            }
        }
    }

    private void report(ConsumerRecord<String, byte[]> record, boolean isFresh, Heard heard) {
        var report = Json.read(record.value(), DatabaseReport.class);
        if (config.sites().contains(report.site())) {
            heard.reports.put(
                    report.uid() + "/" + report.site(),
                    new Told<>(report, RecordTime.of(record, isFresh)));
            DirectiveEnds.of(report).ifPresent(heard.ends::add);
        }
    }

    private static void sort(JournalRecord entry, Heard heard) {
        var envelope = Envelope.parse(entry.envelope());
        NumberBounds.number(envelope.seq(), "number of an entry");
        NumberBounds.number(envelope.generation(), "generation");
        NumberBounds.number(envelope.millis(), "time");
        heard.entries.merge(entry.uid(), new Written(envelope, entry.hash()), ReportIngest::later);
        DirectiveEnds.of(envelope, entry.body()).ifPresent(heard.ends::add);
        var rollout = envelope.rollout();
        if (rollout != null && BackupSafeguard.isStep(envelope)) {
            heard.steps.add(
                    new BackupStore.Step(
                            rollout, entry.uid(), envelope.incarnation(), envelope.seq()));
        }
        backup(entry, envelope, heard);
    }

    private static void backup(JournalRecord entry, Envelope envelope, Heard heard) {
        var body = entry.body();
        if (envelope.kind() == EntryKind.BACKED_UP && body != null) {
            var backup = Json.read(body, Backup.class);
            if (backup.uid().equals(entry.uid())) {
                heard.backups.add(backup);
            }
        }
    }

    private static Written later(Written a, Written b) {
        return b.entry().seq() >= a.entry().seq() ? b : a;
    }

    private static <T> List<T> sorted(Map<String, T> byUid) {
        return byUid.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(Map.Entry::getValue)
                .toList();
    }
}
