// SPDX-License-Identifier: Apache-2.0

/** Who somebody is, as the control plane says. */
@NullMarked
package dev.skein.audit.security;

import org.jspecify.annotations.NullMarked;
