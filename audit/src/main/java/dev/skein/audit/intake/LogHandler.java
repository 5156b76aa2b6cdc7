// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.audit.log.AuditLog;
import dev.skein.audit.log.ReceivedEntry;
import dev.skein.service.database.Db;
import dev.skein.service.kafka.RecordHandler;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jboss.logging.Logger;

/** Brings records of journals and decisions into the log. */
final class LogHandler implements RecordHandler {
    private static final Logger LOG = Logger.getLogger(LogHandler.class);

    private final AuditLog log;
    private final Counter appended;
    private final Counter duplicates;
    private final Counter anomalies;

    LogHandler(AuditLog log, MeterRegistry registry) {
        this.log = log;
        this.appended = registry.counter("skein.audit.entries");
        this.duplicates = registry.counter("skein.audit.duplicates");
        this.anomalies = registry.counter("skein.audit.anomalies");
    }

    @Override
    public Stored read(List<ConsumerRecord<String, byte[]>> records) {
        var batch = new ArrayList<ReceivedEntry>();
        for (var record : records) {
            if (record.value() != null) {
                batch.add(LogRecordReader.read(record.topic(), record.value()));
            }
        }
        return tx -> {
            var done = log.append(tx, batch, LogRecordReader::parked, one -> keep(tx, one));
            return () -> count(done);
        };
    }

    /**
     * What follows from a decision is no part of the log: whatever becomes of it, the entry stands.
     */
    static void keep(Db.Tx tx, ReceivedEntry accepted) {
        if (DecisionEffects.isFollowed(accepted.source())) {
            DueDecisions.add(tx, accepted);
        }
    }

    private void count(AuditLog.Appended done) {
        appended.increment(done.entries());
        duplicates.increment(done.duplicates());
        anomalies.increment(done.anomalies());
        if (done.anomalies() > 0) {
            LOG.errorf("audit anomalies=%d: look into the table anomaly", done.anomalies());
        }
    }
}
