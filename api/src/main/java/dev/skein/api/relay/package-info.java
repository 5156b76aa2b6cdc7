// SPDX-License-Identifier: Apache-2.0

/**
 * Carries what was committed to Kafka (directives, decisions, bundles), and holds the database
 * against what is there.
 */
@NullMarked
package dev.skein.api.relay;

import org.jspecify.annotations.NullMarked;
