// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.service.database.Db;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Stores batches, each with the position behind it in one transaction. Records that nobody can read
 * become dead letters in it; a batch that the database refuses for what a record holds is halved
 * until that record stands alone. The records around it are stored in their order.
 */
final class RecordStore {
    private static final System.Logger LOG = System.getLogger(RecordStore.class.getName());
    private static final RecordHandler.Stored NOTHING = tx -> () -> {};

    private final Db db;
    private final RecordHandler handler;
    private final LetterLog log = new LetterLog(System::nanoTime);

    RecordStore(Db db, RecordHandler handler) {
        this.db = db;
        this.handler = handler;
    }

    /** A record that cannot be taken, and why. */
    private record Refused(ConsumerRecord<String, byte[]> record, String reason) {}

    /**
     * A batch that was read.
     *
     * @param stored what becomes of it; absent where its records can be read one by one only
     */
    record Batch(
            List<ConsumerRecord<String, byte[]>> records,
            RecordHandler.@Nullable Stored stored,
            List<Refused> refused) {}

    /** Reads a batch; sorts out what cannot be read. */
    Batch read(List<ConsumerRecord<String, byte[]>> records, Positions positions) {
        try {
            return new Batch(records, handler.read(records, positions::isFresh), List.of());
        } catch (RuntimeException e) {
            return records.size() > 1
                    ? sorted(records, positions) // one of them is at fault
                    : new Batch(records, NOTHING, refused(records, e));
        }
    }

    private Batch sorted(List<ConsumerRecord<String, byte[]>> records, Positions positions) {
        var readable = new ArrayList<ConsumerRecord<String, byte[]>>();
        var refused = new ArrayList<Refused>();
        for (var record : records) {
            try {
                handler.read(List.of(record));
                readable.add(record);
            } catch (RuntimeException e) {
                refused.add(new Refused(record, RecordFault.reason(e)));
            }
        }
        return new Batch(records, together(readable, positions), refused);
    }

    private RecordHandler.@Nullable Stored together(
            List<ConsumerRecord<String, byte[]>> readable, Positions positions) {
        try {
            return readable.isEmpty() ? NOTHING : handler.read(readable, positions::isFresh);
        } catch (RuntimeException e) {
            return null;
        }
    }

    /** Does what cannot wait until what was read earlier is stored; whatever fails is done then. */
    void storeFirst(Batch batch) {
        var stored = batch.stored();
        var first = stored == null ? Optional.<RecordHandler.Stored>empty() : stored.first();
        try {
            first.ifPresent(some -> db.call(some::in).run());
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, "not before its turn: {0}", e.getMessage());
        }
    }

    /** Stores a batch. */
    void store(Batch batch, Positions positions) {
        var stored = batch.stored();
        if (stored == null) {
            inHalves(batch, positions);
            return;
        }
        try {
            commit(batch, stored, positions);
        } catch (RuntimeException e) {
            if (!RecordFault.is(e)) {
                throw e;
            }
            if (batch.records().size() > 1) {
                inHalves(batch, positions);
            } else {
                refuse(batch, e, positions);
            }
        }
    }

    private void inHalves(Batch batch, Positions positions) {
        var records = batch.records();
        int half = records.size() / 2;
        store(read(records.subList(0, half), positions), positions);
        store(read(records.subList(half, records.size()), positions), positions);
    }

    private void refuse(Batch alone, RuntimeException fault, Positions positions) {
        commit(
                new Batch(alone.records(), NOTHING, refused(alone.records(), fault)),
                NOTHING,
                positions);
    }

    private static List<Refused> refused(
            List<ConsumerRecord<String, byte[]>> records, RuntimeException fault) {
        return records.stream()
                .map(record -> new Refused(record, RecordFault.reason(fault)))
                .toList();
    }

    private void commit(Batch batch, RecordHandler.Stored stored, Positions positions) {
        var after =
                db.call(tx -> {
                    var next = stored.in(tx);
                    batch.refused().forEach(r -> DeadLetters.add(tx, r.record(), r.reason()));
                    tx.settle();
                    positions.moveBehind(tx, batch.records());
                    return next;
                });
        positions.left(Positions.ends(batch.records()));
        batch.refused().forEach(r -> log.tell(r.record(), r.reason()));
        after.run();
    }

    /** Says of letters what is due to be said. */
    void turn() {
        log.turn();
    }

    /** Says of letters what was not said yet. */
    void end() {
        log.end();
    }
}
