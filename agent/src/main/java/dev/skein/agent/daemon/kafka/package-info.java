// SPDX-License-Identifier: Apache-2.0

/** Records to and from Kafka, as bytes with CloudEvents headers, once its topics are fit. */
@NullMarked
package dev.skein.agent.daemon.kafka;

import org.jspecify.annotations.NullMarked;
