// SPDX-License-Identifier: Apache-2.0

/** Revisions written from a desired schema, and proven before they are written down. */
@NullMarked
package dev.skein.engine.generate;

import org.jspecify.annotations.NullMarked;
