// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.start;

import dev.skein.agent.config.AgentConfig;
import dev.skein.agent.discover.Inventory;
import dev.skein.agent.discover.Look;
import dev.skein.agent.intake.Intake;
import dev.skein.agent.kafka.Wire;
import dev.skein.agent.relay.JournalRelay;
import dev.skein.agent.relay.Reporter;
import dev.skein.agent.run.Attempts;
import dev.skein.agent.run.Backups;
import dev.skein.engine.Loop;
import dev.skein.engine.event.CloudEvent;
import dev.skein.engine.event.Heartbeat;
import dev.skein.engine.event.Topics;
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
public class Watch {
    private static final Duration BEAT = Duration.ofSeconds(1);

    private final Inventory inventory;
    private final Intake intake;
    private final Reporter reporter;
    private final LeftOvers left;
    private final Wire wire;
    private final Backups backups;
    private final Attempts attempts;
    private final AgentConfig config;
    private final Clock clock;
    private final Instant started;
    private long next; // by a clock that nobody sets
    private final Set<String> owned = ConcurrentHashMap.newKeySet();

    public Watch(
            Inventory inventory,
            Intake intake,
            Reporter reporter,
            JournalRelay relay,
            Wire wire,
            Backups backups,
            Attempts attempts,
            AgentConfig config,
            Clock clock) {
        this.inventory = inventory;
        this.intake = intake;
        this.reporter = reporter;
        this.left = new LeftOvers(inventory, relay);
        this.wire = wire;
        this.backups = backups;
        this.attempts = attempts;
        this.config = config;
        this.clock = clock;
        this.started = clock.instant();
        this.next = System.nanoTime();
    }

    /** Discovery, reports and left-over entries. */
    Loop loop(MeterRegistry registry) {
        Gauge.builder("skein.journal.lag", this, Watch::journalLag)
                .description("journal entries that are not in Kafka yet")
                .register(registry);
        return new Loop("watch", this::round, () -> {});
    }

    /** Signs of life; apart, so that a tenant that hangs does not make the agent look dead. */
    Loop pulse() {
        return new Loop("pulse", this::beat, () -> {});
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
                .mapToLong(Look::behind)
                .sum();
    }

    private boolean isOurs(Look look) {
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
