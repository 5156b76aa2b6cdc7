// SPDX-License-Identifier: Apache-2.0

/** Holds what agents see against what the record says must be there. */
@NullMarked
package dev.skein.audit.drift;

import org.jspecify.annotations.NullMarked;
