// SPDX-License-Identifier: Apache-2.0

/** Journal entries and reports to Kafka. */
@NullMarked
package dev.skein.agent.daemon.relay;

import org.jspecify.annotations.NullMarked;
