// SPDX-License-Identifier: Apache-2.0

/** Work that a service does over and over. */
@NullMarked
package dev.skein.service.loop;

import org.jspecify.annotations.NullMarked;
