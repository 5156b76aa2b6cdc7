// SPDX-License-Identifier: Apache-2.0

/**
 * Hears everything from Kafka, hands it on, asks again for what is missing, follows decisions, and
 * forgets what ended long ago.
 */
@NullMarked
package dev.skein.audit.intake;

import org.jspecify.annotations.NullMarked;
