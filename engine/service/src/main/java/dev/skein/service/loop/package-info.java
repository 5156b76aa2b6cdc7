// SPDX-License-Identifier: Apache-2.0

/** Work that a service does over and over, and how much of the time it may take. */
@NullMarked
package dev.skein.service.loop;

import org.jspecify.annotations.NullMarked;
