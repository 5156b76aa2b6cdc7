// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import org.apache.kafka.common.TopicPartition;

/** Another reader stored these records: they must not count twice. */
public final class PositionTaken extends SkeinException {
    private static final long serialVersionUID = 1L;

    PositionTaken(TopicPartition partition, long from) {
        super(
                ErrorCode.FAILED,
                "Partition " + partition,
                "another reader has read past offset " + from,
                "");
    }
}
