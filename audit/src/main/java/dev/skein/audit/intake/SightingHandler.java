// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.intake;

import dev.skein.audit.drift.DriftDetector;
import dev.skein.engine.Json;
import dev.skein.engine.event.CatalogRecord;
import dev.skein.engine.event.DatabaseReport;
import dev.skein.engine.event.Topics;
import dev.skein.service.kafka.RecordHandler;
import dev.skein.service.kafka.RecordTime;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Compares what agents see with what the log says. */
final class SightingHandler implements RecordHandler {
    private final DriftDetector drift;

    SightingHandler(DriftDetector drift) {
        this.drift = drift;
    }

    @Override
    public Stored read(List<ConsumerRecord<String, byte[]>> batch) {
        return read(batch, record -> false);
    }

    @Override
    public Stored read(
            List<ConsumerRecord<String, byte[]>> batch,
            Predicate<ConsumerRecord<String, byte[]>> isFresh) {
        var catalogs = new ArrayList<CatalogRecord>();
        var seen = new ArrayList<DriftDetector.Seen>();
        for (var record : batch) {
            if (record.value() == null) {
                continue; // a tombstone of a compacted topic
            }
            if (record.topic().equals(Topics.CATALOGS)) {
                catalogs.add(Json.read(record.value(), CatalogRecord.class));
            } else {
                var report = Json.read(record.value(), DatabaseReport.class);
                var stamp = RecordTime.of(record, isFresh.test(record));
                seen.add(new DriftDetector.Seen(report, stamp));
            }
        }
        return tx -> {
            catalogs.forEach(catalog -> drift.take(tx, catalog));
            drift.take(tx, seen);
            return () -> {};
        };
    }
}
