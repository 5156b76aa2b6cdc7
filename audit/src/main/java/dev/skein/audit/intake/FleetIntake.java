// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.audit.config.AuditConfig;
import dev.skein.audit.drift.DriftDetector;
import dev.skein.engine.event.Topics;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordHandler;
import dev.skein.service.kafka.TopicConnection;
import dev.skein.service.kafka.TopicReader;
import dev.skein.service.loop.ServiceLoop;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Reads what agents see of their databases. */
@ApplicationScoped
public class FleetIntake {
    private static final int MOST = 500;
    static final List<String> TOPICS = List.of(Topics.INVENTORY, Topics.CATALOGS);

    private final SightingHandler handler;
    private final TopicReader reader;

    public FleetIntake(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            AuditConfig config,
            Db db,
            DriftDetector drift) {
        this.handler = new SightingHandler(drift);
        this.reader =
                new TopicReader(
                        new TopicConnection.Settings(
                                        kafka,
                                        "skein-audit-fleet",
                                        config.instance().orElse(null),
                                        TOPICS,
                                        MOST)
                                .gathering()
                                .stayingHome(),
                        db,
                        handler);
    }

    /** What becomes of the records. */
    RecordHandler handler() {
        return handler;
    }

    /** The loop that reads, for as long as the service lives. */
    public ServiceLoop loop() {
        return reader.loop();
    }

    /** Ends the loop from another thread. */
    public void stop() {
        reader.stop();
    }

    /** Lets go of the consumer; the service ends. */
    public void close() {
        reader.close();
    }
}
