// SPDX-License-Identifier: Apache-2.0

/** Who somebody is and what they may do. */
@NullMarked
package dev.skein.api.security;

import org.jspecify.annotations.NullMarked;
