// SPDX-License-Identifier: Apache-2.0

/** Hears everything from Kafka, hands it on, and asks again for what is missing. */
@NullMarked
package dev.skein.audit.intake;

import org.jspecify.annotations.NullMarked;
