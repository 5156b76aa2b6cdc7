// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.audit.config.AuditConfig;
import dev.skein.audit.drift.Drift;
import dev.skein.audit.log.Log;
import dev.skein.audit.log.Received;
import dev.skein.engine.Loop;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.Topics;
import dev.skein.engine.postgres.Db;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/** Reads journals and decisions into the log. */
@ApplicationScoped
public class Intake {
    private static final Logger LOG = Logger.getLogger(Intake.class);
    private static final int MOST = 4000;
    private static final List<String> TOPICS = List.of(Topics.JOURNAL, Topics.DECISIONS);

    private final Log log;
    private final Drift drift;
    private final Counter appended;
    private final Counter duplicates;
    private final Counter anomalies;
    private final StoredReader reader;

    public Intake(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            AuditConfig config,
            Db db,
            Log log,
            Drift drift,
            MeterRegistry registry) {
        this.log = log;
        this.drift = drift;
        this.reader =
                new StoredReader(
                        kafka, db, "skein-audit", config.instance(), TOPICS, MOST, this::read);
        this.appended = registry.counter("skein.audit.entries");
        this.duplicates = registry.counter("skein.audit.duplicates");
        this.anomalies = registry.counter("skein.audit.anomalies");
        Gauge.builder("skein.audit.lag", reader, StoredReader::lag)
                .description("records in Kafka that are not in the log yet")
                .register(registry);
    }

    /** The loop that reads, for as long as the service lives. */
    public Loop loop() {
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

    private StoredReader.Stored read(ConsumerRecords<String, byte[]> records) {
        var batch = new ArrayList<Received>();
        records.forEach(record -> read(record, batch));
        return tx -> {
            var done = log.append(tx, batch, Reader::parked, one -> Decisions.tell(tx, one, drift));
            return () -> count(done);
        };
    }

    private void count(Log.Appended done) {
        appended.increment(done.entries());
        duplicates.increment(done.duplicates());
        anomalies.increment(done.anomalies());
        if (done.anomalies() > 0) {
            LOG.errorf("audit anomalies=%d: look into the table anomaly", done.anomalies());
        }
    }

    private static void read(ConsumerRecord<String, byte[]> record, List<Received> batch) {
        try {
            if (record.value() != null) {
                batch.add(Reader.read(record.topic(), record.value()));
            }
        } catch (SkeinException e) {
            // It stays in the topic; its source shows a gap, which is what happened.
            LOG.errorf(
                    "unreadable record topic=%s partition=%d offset=%d: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }
}
