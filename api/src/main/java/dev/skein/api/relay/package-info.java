// SPDX-License-Identifier: Apache-2.0

/** Carries what was committed to Kafka: directives, decisions, bundles. */
@NullMarked
package dev.skein.api.relay;

import org.jspecify.annotations.NullMarked;
