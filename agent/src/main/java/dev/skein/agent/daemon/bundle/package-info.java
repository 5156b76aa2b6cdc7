// SPDX-License-Identifier: Apache-2.0

/** Bundles from Kafka, kept on disk. */
@NullMarked
package dev.skein.agent.daemon.bundle;

import org.jspecify.annotations.NullMarked;
