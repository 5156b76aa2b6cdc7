// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.start;

import dev.skein.agent.daemon.config.AgentConfig;
import dev.skein.agent.daemon.discover.DatabaseInventory;
import dev.skein.agent.daemon.discover.DatabaseLook;
import dev.skein.agent.daemon.intake.DirectiveIntake;
import dev.skein.agent.daemon.kafka.AgentKafka;
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
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The daemon's own rhythm: discover, report, relay what was left behind, give signs of life. */
@ApplicationScoped
public class SiteObserver {
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final DatabaseInventory inventory;
    private final DirectiveIntake intake;
    private final DatabaseReporter reporter;
    private final UnsentJournals left;
    private final AgentKafka wire;
    private final SiteBackups backups;
    private final DirectiveAttempts attempts;
    private final AgentConfig config;
    private final Clock clock;
    private final Instant started;
    private long next; // by a clock that nobody sets
    private final Set<String> owned = ConcurrentHashMap.newKeySet();

    public SiteObserver(
            DatabaseInventory inventory,
            DirectiveIntake intake,
            DatabaseReporter reporter,
            JournalRelay relay,
            AgentKafka wire,
            SiteBackups backups,
            DirectiveAttempts attempts,
            AgentConfig config,
            Clock clock) {
        this.inventory = inventory;
        this.intake = intake;
        this.reporter = reporter;
        this.left = new UnsentJournals(inventory, relay);
        this.wire = wire;
        this.backups = backups;
        this.attempts = attempts;
        this.config = config;
        this.clock = clock;
        this.started = clock.instant();
        this.next = System.nanoTime();
    }

    /** Discovery, reports and left-over entries. */
    ServiceLoop loop(MeterRegistry registry) {
        Gauge.builder("skein.journal.lag", this, SiteObserver::journalLag)
                .description("journal entries that are not in Kafka yet")
                .register(registry);
        return new ServiceLoop("watch", this::round, () -> {});
    }

    /** Signs of life; apart, so that a tenant that hangs does not make the agent look dead. */
    ServiceLoop pulse() {
        return new ServiceLoop("pulse", this::beat, () -> {});
    }

    private void round() throws InterruptedException {
        if (System.nanoTime() - next >= 0) {
            next = System.nanoTime() + config.discoverEvery().toNanos();
            inventory.refresh();
        }
        var ours = inventory.all().stream().filter(this::isOurs).toList();
        left.send(ours, look -> reporter.report(look, null));
        Thread.sleep(BEAT);
    }

    /** How many entries of this agent's databases are not in Kafka yet. */
    private double journalLag() {
        return inventory.all().stream()
                .filter(l -> owned.contains(l.uid()))
                .mapToLong(DatabaseLook::behind)
                .sum();
    }

    private boolean isOurs(DatabaseLook look) {
        if (intake.owns(look.uid())) {
            owned.add(look.uid());
            return true;
        }
        owned.remove(look.uid());
        return false;
    }

    private void beat() throws InterruptedException {
        var now = clock.instant();
        var saves = backups.servers();
        var beat =
                new Heartbeat(
                        config.id(),
                        config.site(),
                        started,
                        owned.size(),
                        intake.running(),
                        saves.isEmpty() ? 0 : saves.getLast(),
                        now,
                        saves,
                        attempts.current(),
                        config.servers().keySet().stream().sorted().toList());
        var event = CloudEvent.of("agent.alive", "/agents/" + config.id(), config.id(), now);
        wire.tell(Topics.AGENTS, config.id(), beat, event, () -> {});
        Thread.sleep(BEAT);
    }
}
