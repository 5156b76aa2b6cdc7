// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.audit.config.AuditConfig;
import dev.skein.audit.drift.DriftDetector;
import dev.skein.audit.drift.NewsQueue;
import dev.skein.audit.log.HistoryNews;
import dev.skein.audit.log.OwnEntries;
import dev.skein.service.database.Db;
import dev.skein.service.loop.ServiceLoop;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Clock;
import java.time.Duration;

/**
 * Brings what was found, and how it ended, into the log: in a transaction of its own, since whoever
 * finds something does not hold the log's lock. So it does with what is the matter with histories.
 */
@ApplicationScoped
public class FindingNews {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final Db db;
    private final DriftDetector drift;
    private final OwnEntries own;
    private final HistoryNews sources;
    private final AuditConfig config;
    private final Clock clock;
    private final Counter appended;
    private final ServiceLoop loop = new ServiceLoop("findings", this::round, () -> {});

    public FindingNews(
            Db db,
            DriftDetector drift,
            OwnEntries own,
            HistoryNews sources,
            AuditConfig config,
            Clock clock,
            MeterRegistry registry) {
        this.db = db;
        this.drift = drift;
        this.own = own;
        this.sources = sources;
        this.config = config;
        this.clock = clock;
        this.appended = registry.counter("skein.audit.entries");
    }

    /** The loop that appends, for as long as the service lives. */
    public ServiceLoop loop() {
        return loop;
    }

    private void round() throws InterruptedException {
        db.run(drift::settle);
        while (append() + tell() > 0) {
            // there may be more
        }
        Thread.sleep(LOOK);
    }

    private int tell() {
        int entries = db.call(tx -> sources.append(tx, config.resendAfter(), clock.instant()));
        appended.increment(entries);
        return entries;
    }

    private int append() {
        int entries =
                db.call(tx -> {
                    var news = NewsQueue.take(tx);
                    return news.isEmpty() ? 0 : own.append(tx, news).entries();
                });
        appended.increment(entries);
        return entries;
    }
}
