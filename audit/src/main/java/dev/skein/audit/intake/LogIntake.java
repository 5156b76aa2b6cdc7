// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.audit.config.AuditConfig;
import dev.skein.audit.log.AuditLog;
import dev.skein.engine.event.Topics;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordHandler;
import dev.skein.service.kafka.TopicConnection;
import dev.skein.service.kafka.TopicReader;
import dev.skein.service.loop.ServiceLoop;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Map;

/** Reads journals and decisions into the log. */
@ApplicationScoped
public class LogIntake {
    private static final int MOST = 4000;
    private static final List<String> TOPICS = List.of(Topics.JOURNAL, Topics.DECISIONS);

    private final LogHandler handler;
    private final TopicReader reader;

    public LogIntake(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            AuditConfig config,
            Db db,
            AuditLog log,
            MeterRegistry registry) {
        this.handler = new LogHandler(log, registry);
        this.reader =
                new TopicReader(
                        new TopicConnection.Settings(
                                        kafka,
                                        "skein-audit",
                                        config.instance().orElse(null),
                                        TOPICS,
                                        MOST)
                                .stayingHome(),
                        db,
                        handler);
        Gauge.builder("skein.audit.lag", reader, TopicReader::measuredLag)
                .description("records in Kafka that are not in the log yet")
                .register(registry);
        Gauge.builder("skein.audit.behind.seconds", reader, r -> r.behindFor().toMillis() / 1000.0)
                .description("how long ago everything in Kafka was in the log")
                .register(registry);
    }

    /** How many records that this replica reads are in Kafka and not in the log yet. */
    public long lag() {
        return reader.lag();
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
