// SPDX-License-Identifier: Apache-2.0

/**
 * How topics are and what happened to them, and reading them so that each record counts once and
 * none stops the others.
 */
@NullMarked
package dev.skein.service.kafka;

import org.jspecify.annotations.NullMarked;
