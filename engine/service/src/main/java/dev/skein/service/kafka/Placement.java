// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import org.jspecify.annotations.Nullable;

/**
 * Where to go on reading a partition, and what is not as it was left.
 *
 * @param start the offset of the next record
 * @param notice what happened to the topic meanwhile; absent where nothing did
 */
record Placement(long start, @Nullable TopicNotice notice) {
    /**
     * What Kafka has of a partition: records from {@code begins} up to, not with, {@code ends}.
     *
     * @param topic the topic's id
     */
    record OffsetRange(String topic, long begins, long ends) {}

    /** Compares where a partition was read to with what is there. */
    static Placement of(Position known, OffsetRange there) {
        if (known.topic() != null && !known.topic().equals(there.topic())) {
            return new Placement(there.begins(), TopicNotice.RECREATED);
        }
        if (known.next() > there.ends()) {
            return new Placement(there.begins(), TopicNotice.TRUNCATED);
        }
        if (known.next() < there.begins()) {
            return new Placement(there.begins(), TopicNotice.EXPIRED);
        }
        return new Placement(known.next(), null);
    }

    /**
     * Where to begin with a partition that was never read in this cluster.
     *
     * @param elsewhere whether it was in another
     */
    static Placement first(boolean elsewhere, OffsetRange there) {
        return new Placement(there.begins(), elsewhere ? TopicNotice.OTHER_CLUSTER : null);
    }
}
