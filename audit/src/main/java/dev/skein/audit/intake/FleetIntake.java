// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.audit.config.AuditConfig;
import dev.skein.audit.drift.Drift;
import dev.skein.engine.Json;
import dev.skein.engine.Loop;
import dev.skein.engine.SkeinException;
import dev.skein.engine.event.CatalogRecord;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Topics;
import dev.skein.engine.postgres.Db;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.Unreachable;
import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.jboss.logging.Logger;

/** Reads what agents see of their databases. */
@ApplicationScoped
public class FleetIntake {
    private static final Logger LOG = Logger.getLogger(FleetIntake.class);
    private static final int MOST = 250; // each takes some statements
    private static final List<String> TOPICS = List.of(Topics.INVENTORY, Topics.CATALOGS);

    private final Drift drift;
    private final StoredReader reader;

    public FleetIntake(
            @Identifier("default-kafka-broker") Map<String, Object> kafka,
            AuditConfig config,
            Db db,
            Drift drift) {
        this.drift = drift;
        this.reader =
                new StoredReader(
                        kafka,
                        db,
                        "skein-audit-fleet",
                        config.instance(),
                        TOPICS,
                        MOST,
                        records ->
                                tx -> {
                                    store(tx, records);
                                    return () -> {};
                                });
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

    private void store(Db.Tx tx, ConsumerRecords<String, byte[]> records) {
        records.forEach(record -> {
            if (record.value() != null) {
                take(tx, record);
            }
        });
    }

    private void take(Db.Tx tx, ConsumerRecord<String, byte[]> record) {
        try {
            if (new String(record.value(), StandardCharsets.UTF_8).contains("\\u0000")) {
                throw SkeinException.failed(
                        "Record", "it holds what no text of a database can", "");
            }
            if (record.topic().equals(Topics.CATALOGS)) {
                drift.take(tx, Json.read(record.value(), CatalogRecord.class));
            } else {
                drift.take(tx, Json.read(record.value(), DatabaseReport.class));
            }
        } catch (PgServerError | Unreachable e) {
            throw e;
        } catch (SkeinException e) {
            // A record nobody can read must not stop the others; it stays in the topic.
            LOG.errorf(
                    "unreadable record topic=%s partition=%d offset=%d: %s",
                    record.topic(), record.partition(), record.offset(), e.getMessage());
        }
    }
}
