// SPDX-License-Identifier: Apache-2.0

/** What Kafka tells becomes rows: inventory, heartbeats, outcomes, backups, answers. */
@NullMarked
package dev.skein.api.projection;

import org.jspecify.annotations.NullMarked;
