// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.kafka;

import org.jspecify.annotations.Nullable;

/**
 * How far a partition was read.
 *
 * @param topic the topic's id in Kafka, which a topic of the same name that was made later has not;
 *     absent where it was not noted
 * @param next the offset of the next record
 */
record Position(@Nullable String topic, long next) {}
