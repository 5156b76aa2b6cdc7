// SPDX-License-Identifier: Apache-2.0

/** Connections that can be cut, stopped and slowed down. */
@NullMarked
package dev.skein.faults.net;

import org.jspecify.annotations.NullMarked;
