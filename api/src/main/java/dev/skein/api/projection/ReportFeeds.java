// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.projection;

import dev.skein.api.config.ApiConfig;
import dev.skein.api.config.LoopConnections;
import dev.skein.api.store.SiteSilence;
import dev.skein.engine.event.Topics;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.TopicConnection;
import dev.skein.service.kafka.TopicReader;
import dev.skein.service.loop.ServiceLoop;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * Starts and stops the readers: what somebody waits for in one; in another what exists, which may
 * wait for a moment.
 */
@ApplicationScoped
public class ReportFeeds {
    private static final int MOST = 500;

    /** In so many batches beyond the one that is stored failures are found, and counted first. */
    private static final int AHEAD = 16;

    private final List<TopicReader> readers;
    private final List<Thread> threads = new ArrayList<>();

    public ReportFeeds(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            @LoopConnections Db db,
            ReportIngest ingest,
            SiteSilence silence,
            ApiConfig config) {
        var answers = List.of(Topics.JOURNAL, Topics.REPLIES, Topics.RECALLS);
        var fleet = List.of(Topics.INVENTORY, Topics.AGENTS);
        var instance = config.instance().orElse(null);
        var alive =
                new TopicConnection.Settings(kafka, "skein-api-fleet", instance, fleet, MOST)
                        .gathering();
        var told =
                new TopicConnection.Settings(kafka, "skein-api-journal", instance, answers, MOST)
                        .ahead(AHEAD);
        var fleetReader = new TopicReader(alive, db, ingest);
        silence.heardBy(fleetReader::uninterrupted);
        this.readers = List.of(new TopicReader(told, db, ingest), fleetReader);
    }

    /** Starts reading; gives the loops that do. */
    public List<ServiceLoop> start() {
        for (var reader : readers) {
            var loop = reader.loop();
            threads.add(Thread.ofPlatform().name(loop.name()).start(loop));
        }
        return readers.stream().map(TopicReader::loop).toList();
    }

    /** How many records wait in Kafka; no number while that is not known. */
    public double lag() {
        return readers.stream().mapToDouble(TopicReader::measuredLag).sum();
    }

    /** How many seconds ago all was ingested that was in Kafka then; a number in any case. */
    public double behind() {
        return behindFor().toMillis() / 1000.0;
    }

    /** How long ago all was ingested that was in Kafka then. */
    public Duration behindFor() {
        return readers.stream()
                .map(TopicReader::behindFor)
                .max(Comparator.naturalOrder())
                .orElse(Duration.ZERO);
    }

    /** Stops reading and waits for the last transaction. */
    public void stop() throws InterruptedException {
        readers.forEach(TopicReader::stop);
        for (var thread : threads) {
            thread.join();
        }
        readers.forEach(TopicReader::close);
    }
}
