// SPDX-License-Identifier: Apache-2.0

/** Hears everything from Kafka and hands it to the log. */
@NullMarked
package dev.skein.audit.intake;

import org.jspecify.annotations.NullMarked;
