// SPDX-License-Identifier: Apache-2.0

/** Directives from Kafka: newest wins, ownership by partition. */
@NullMarked
package dev.skein.agent.daemon.intake;

import org.jspecify.annotations.NullMarked;
