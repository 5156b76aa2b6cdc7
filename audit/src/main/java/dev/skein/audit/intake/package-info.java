// SPDX-License-Identifier: Apache-2.0

/**
 * Hears everything from Kafka, hands it on, asks again for what is missing, and follows decisions.
 */
@NullMarked
package dev.skein.audit.intake;

import org.jspecify.annotations.NullMarked;
