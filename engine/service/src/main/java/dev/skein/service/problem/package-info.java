// SPDX-License-Identifier: Apache-2.0

/** Failures that both services tell apart by a status of HTTP. */
@NullMarked
package dev.skein.service.problem;

import org.jspecify.annotations.NullMarked;
