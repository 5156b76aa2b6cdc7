// SPDX-License-Identifier: Apache-2.0

/** The append-only log: classify, sequence, integrate. */
@NullMarked
package dev.skein.audit.log;

import org.jspecify.annotations.NullMarked;
