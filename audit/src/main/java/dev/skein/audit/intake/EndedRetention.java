// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.audit.config.AuditConfig;
import dev.skein.audit.drift.FindingStore;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.DeadLetters;
import dev.skein.service.loop.ServiceLoop;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Deletes what ended long ago, where somebody set for how long it is kept. What the log says of it
 * stays: no entry is ever deleted.
 */
@ApplicationScoped
public class EndedRetention {
    private static final Duration PAUSE = Duration.ofSeconds(20);
    private static final int SOME = 500;

    private final AuditConfig config;
    private final Db db;
    private final Clock clock;
    private final ServiceLoop loop = new ServiceLoop("retention", this::round, () -> {});

    public EndedRetention(AuditConfig config, Db db, Clock clock) {
        this.config = config;
        this.db = db;
        this.clock = clock;
    }

    /** The loop that does it, for as long as the service lives. */
    public ServiceLoop loop() {
        return loop;
    }

    private void round() throws InterruptedException {
        boolean more = sweep() >= SOME;
        if (!more) {
            Thread.sleep(PAUSE);
        }
    }

    /** Deletes some; gives how many. */
    final int sweep() {
        return swept(config.keepFindings(), FindingStore::forgetEnded)
                + swept(config.keepLetters(), DeadLetters::forgetSettled);
    }

    /** Deletes some of what ended before a time; gives how many. */
    private interface Ended {
        int forget(Db.Tx tx, Instant before, int most);
    }

    private int swept(Optional<Duration> kept, Ended ended) {
        return kept.map(time -> db.call(tx -> ended.forget(tx, clock.instant().minus(time), SOME)))
                .orElse(0);
    }
}
