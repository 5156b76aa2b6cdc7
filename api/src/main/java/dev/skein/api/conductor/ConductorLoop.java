// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.conductor;

import dev.skein.api.command.AgentFindings;
import dev.skein.api.command.RolloutCommands;
import dev.skein.api.config.ApiConfig;
import dev.skein.api.config.LoopConnections;
import dev.skein.api.relay.RelaySignal;
import dev.skein.api.store.Continuity;
import dev.skein.api.store.RolloutStore;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import dev.skein.service.loop.ServiceLoop;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/**
 * Wakes the conductor: on a change that somebody tells, on a deadline that runs out, and now and
 * then for every active rollout, so that a restart or a lost wake-up loses nothing.
 */
@ApplicationScoped
public class ConductorLoop {
    private static final Logger LOG = Logger.getLogger(ConductorLoop.class);
    private static final int SWEEP_EVERY = 20;

    private final LinkedBlockingQueue<String> changed = new LinkedBlockingQueue<>();
    private final Conductor conductor;
    private final Db db;
    private final RolloutStore rollouts;
    private final Continuity continuity;
    private final RelaySignal signal;
    private final AgentFindings findings;
    private final ApiConfig config;
    private int tick;

    public ConductorLoop(
            Conductor conductor,
            @LoopConnections Db db,
            RolloutStore rollouts,
            Continuity continuity,
            AgentFindings findings,
            RelaySignal signal,
            ApiConfig config) {
        this.conductor = conductor;
        this.db = db;
        this.rollouts = rollouts;
        this.continuity = continuity;
        this.signal = signal;
        this.findings = findings;
        this.config = config;
    }

    void on(@Observes RolloutCommands.Changed event) {
        wake(List.of(event.rollout()));
    }

    /** Says that these rollouts may have something to do. */
    public void wake(List<String> ids) {
        changed.addAll(ids);
        signal.raise(); // what was committed with the change may have to be relayed
    }

    /** The loop that wakes the conductor, for as long as the service lives. */
    public ServiceLoop loop() {
        return new ServiceLoop("conductor", this::round, () -> {});
    }

    private void round() throws InterruptedException {
        var due = new LinkedHashSet<String>(waitForChange());
        if (!db.call(continuity::holds)) {
            return; // what is due stays due
        }
        sweep(due, () -> findings.note(db));
        due.addAll(db.call(rollouts::due));
        if (tick++ % SWEEP_EVERY == 0) {
            due.addAll(db.call(rollouts::active));
            due.addAll(db.call(rollouts::unheld));
            sweep(due, conductor::watchSites);
            sweep(due, conductor::endOverdue);
            sweep(due, this::askAgain);
        }
        advance(due);
    }

    private List<String> askAgain() {
        db.run(findings::askAgain);
        return List.of();
    }

    /** One that cannot be done takes the others with it no more than a rollout does. */
    private static void sweep(Set<String> due, Supplier<List<String>> some) {
        try {
            due.addAll(some.get());
        } catch (RuntimeException e) {
            LOG.error("conductor: a sweep failed", e);
        }
    }

    private void advance(Set<String> due) {
        for (var id : due) {
            try {
                conductor.advance(id);
                LOG.debugf("advanced %s", id);
            } catch (SkeinException e) {
                LOG.warnf("conductor rollout=%s: %s", id, e.getMessage());
            } catch (RuntimeException e) {
                LOG.errorf(e, "conductor rollout=%s", id); // the others go on
            }
        }
        if (!due.isEmpty()) {
            signal.raise();
        }
    }

    private List<String> waitForChange() throws InterruptedException {
        var ids = new ArrayList<String>();
        var first = changed.poll(config.tick().toMillis(), TimeUnit.MILLISECONDS);
        if (first != null) {
            ids.add(first);
            changed.drainTo(ids);
        }
        return ids;
    }
}
