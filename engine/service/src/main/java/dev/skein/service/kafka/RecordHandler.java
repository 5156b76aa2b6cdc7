// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.service.database.Db;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** What becomes of records. It is handed them again, in smaller batches, where one is at fault. */
@FunctionalInterface
public interface RecordHandler {
    /**
     * Reads a batch, while the one before it is stored. It needs nothing but the records: whatever
     * it throws is the fault of one of them.
     */
    Stored read(List<ConsumerRecord<String, byte[]>> batch);

    /**
     * The same, for whom it matters when a record was written.
     *
     * @param isFresh whether one was written since this process listens, so that it was just heard;
     *     else only its own time says when it was, which is the broker's or somebody else's
     */
    default Stored read(
            List<ConsumerRecord<String, byte[]>> batch,
            Predicate<ConsumerRecord<String, byte[]>> isFresh) {
        return read(batch);
    }

    /** A batch that was read. */
    @FunctionalInterface
    interface Stored {
        /** Stores what the batch does; gives what to do after the commit. */
        Runnable in(Db.Tx tx);

        /**
         * What of it is done at once, in a transaction of its own, while what was read earlier is
         * not stored yet. It is done once more with the batch, and counts once.
         */
        default Optional<Stored> first() {
            return Optional.empty();
        }
    }
}
