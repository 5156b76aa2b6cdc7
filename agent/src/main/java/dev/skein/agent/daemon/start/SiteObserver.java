// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.start;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.discover.DatabaseInventory;
import dev.skein.agent.daemon.intake.DirectiveIntake;
import dev.skein.agent.daemon.kafka.AgentKafka;
import dev.skein.agent.daemon.kafka.OwnedPartitions;
import dev.skein.agent.daemon.kafka.RefusedRecords;
import dev.skein.agent.daemon.relay.DatabaseReporter;
import dev.skein.agent.daemon.relay.JournalRelay;
import dev.skein.agent.daemon.run.DirectiveAttempts;
import dev.skein.agent.daemon.run.SiteBackups;
import dev.skein.engine.event.CloudEvent;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.event.Topics;
import dev.skein.service.loop.ServiceLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/** The daemon's own rhythm: discover, report, relay what was left behind, give signs of life. */
@ApplicationScoped
public class SiteObserver {
    private static final Duration BEAT = Duration.ofSeconds(1);

    /** So long looks are begun before what they found is told, and the rest goes on. */
    private static final Duration SLICE = Duration.ofSeconds(5);

    private final DatabaseInventory inventory;
    private final DirectiveIntake intake;
    private final OwnedPartitions partitions;
    private final OwnDatabases databases;
    private final AgentKafka wire;
    private final SiteBackups backups;
    private final DirectiveAttempts attempts;
    private final RefusedRecords refusals;
    private final AgentConfig config;
    private final Clock clock;
    private final Instant started;
    private long next; // by a clock that nobody sets
    private long changes;

    public SiteObserver(
            DatabaseInventory inventory,
            DirectiveIntake intake,
            OwnedPartitions partitions,
            DatabaseReporter reporter,
            JournalRelay relay,
            AgentKafka wire,
            SiteBackups backups,
            DirectiveAttempts attempts,
            RefusedRecords refusals,
            AgentConfig config,
            Clock clock) {
        this.inventory = inventory;
        this.intake = intake;
        this.partitions = partitions;
        var left = new UnsentJournals(inventory, relay);
        this.databases = new OwnDatabases(inventory, partitions, reporter, left);
        this.wire = wire;
        this.backups = backups;
        this.attempts = attempts;
        this.refusals = refusals;
        this.config = config;
        this.clock = clock;
        this.started = clock.instant();
        this.next = System.nanoTime();
    }

    /** Discovery, reports and left-over entries. */
    ServiceLoop loop(MeterRegistry registry) {
        Gauge.builder("skein.journal.lag", databases, OwnDatabases::journalLag)
                .description("journal entries that are not in Kafka yet")
                .register(registry);
        return new ServiceLoop("watch", this::round, () -> {});
    }

    /** Signs of life; apart, so that a tenant that hangs does not make the agent look dead. */
    ServiceLoop pulse() {
        return new ServiceLoop("pulse", this::beat, () -> {});
    }

    private void round() throws InterruptedException {
        long now = partitions.changes();
        if (now != changes) {
            changes = now;
            databases.letGo();
            next = System.nanoTime(); // what became ours is looked into at once
        }
        if (System.nanoTime() - next >= 0) {
            long began = System.nanoTime();
            boolean all = inventory.refresh(SLICE);
            next = began + (all ? config.discoverEvery().toNanos() : 0);
        }
        databases.tell();
        Thread.sleep(BEAT);
    }

    private void beat() throws InterruptedException {
        var now = clock.instant();
        var saves = backups.servers();
        var beat =
                new Heartbeat(
                        config.id(),
                        config.site(),
                        started,
                        databases.count(),
                        intake.running(),
                        saves.isEmpty() ? 0 : saves.getLast(),
                        now,
                        saves,
                        attempts.current(),
                        config.servers().keySet().stream().sorted().toList(),
                        refusals.soFar());
        var event = CloudEvent.of("agent.alive", "/agents/" + config.id(), config.id(), now);
        wire.tell(Topics.AGENTS, config.id(), beat, event, () -> {});
        Thread.sleep(BEAT);
    }
}
