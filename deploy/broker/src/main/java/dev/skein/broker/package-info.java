// SPDX-License-Identifier: Apache-2.0

/** A Kafka broker of one's own: a single node, loopback only, as its own process. */
@NullMarked
package dev.skein.broker;

import org.jspecify.annotations.NullMarked;
