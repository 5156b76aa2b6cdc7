// SPDX-License-Identifier: Apache-2.0

/** What a service does where the clock of its machine is set back. */
@NullMarked
package dev.skein.service.clock;

import org.jspecify.annotations.NullMarked;
