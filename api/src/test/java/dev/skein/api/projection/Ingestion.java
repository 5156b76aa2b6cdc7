// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.projection;

import dev.skein.api.command.AgentFindings;
import dev.skein.api.command.AgentInquiries;
import dev.skein.api.command.RolloutUnit;
import dev.skein.api.conductor.Conductor;
import dev.skein.api.conductor.ConductorLoop;
import dev.skein.api.config.ApiConfig;
import dev.skein.api.relay.RelaySignal;
import dev.skein.api.store.BackupStore;
import dev.skein.api.store.Continuity;
import dev.skein.api.store.DirectiveStore;
import dev.skein.api.store.EventStore;
import dev.skein.api.store.EvidenceStore;
import dev.skein.api.store.FleetStore;
import dev.skein.api.store.OutcomeStore;
import dev.skein.api.store.RequestStore;
import dev.skein.api.store.RolloutStore;
import dev.skein.api.store.SiteSilence;
import dev.skein.service.database.Db;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What stores records in the api, put together by hand; it counts what was committed, by topic. */
final class Ingestion {
    private final Map<String, Long> taken = new ConcurrentHashMap<>();
    private final Db db;
    private final ApiConfig config;
    private final SiteSilence silence;
    private final RequestStore requests = new RequestStore(Clock.systemUTC());
    private final EventStore events = new EventStore(new Continuity());

    Ingestion(Db db) {
        this.db = db;
        this.config =
                new SmallRyeConfigBuilder()
                        .addDiscoveredConverters()
                        .withMapping(ApiConfig.class)
                        .withDefaultValues(
                                Map.of("skein.api.sites", "eu", "skein.api.database-url", "none"))
                        .build()
                        .getConfigMapping(ApiConfig.class);
        this.silence = new SiteSilence(config);
    }

    RequestStore requests() {
        return requests;
    }

    ReportFeeds feeds(Map<String, Object> kafka) {
        return new ReportFeeds(kafka, db, ingest(), silence, config);
    }

    /** How many records of a topic were stored. */
    long taken(String topic) {
        return taken.getOrDefault(topic, 0L);
    }

    ReportIngest ingest() {
        var continuity = new Continuity();
        var rollouts = new RolloutStore(events);
        var outcomes = new OutcomeStore(rollouts);
        var directives = new DirectiveStore();
        var backups = new BackupStore();
        var unit = new RolloutUnit(rollouts, directives, new AgentInquiries(requests, backups));
        var findings =
                new AgentFindings(
                        requests,
                        new EvidenceStore(events),
                        backups,
                        events,
                        rollouts,
                        unit,
                        continuity);
        var conductor = new Conductor(db, rollouts, directives, silence, outcomes, config, unit);
        var loop =
                new ConductorLoop(
                        conductor, db, rollouts, continuity, findings, new RelaySignal(), config);
        return new ReportIngest(
                new FleetStore(), outcomes, backups, findings, events, loop, config) {
            @Override
            public Stored read(
                    List<ConsumerRecord<String, byte[]>> batch,
                    Predicate<ConsumerRecord<String, byte[]>> isFresh) {
                var stored = super.read(batch, isFresh);
                return new Stored() {
                    @Override
                    public Runnable in(Db.Tx tx) {
                        var after = stored.in(tx);
                        return () -> {
                            batch.forEach(record -> taken.merge(record.topic(), 1L, Long::sum));
                            after.run();
                        };
                    }

                    @Override
                    public Optional<Stored> first() {
                        return stored.first();
                    }
                };
            }
        };
    }
}
