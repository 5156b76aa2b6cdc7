// SPDX-License-Identifier: Apache-2.0

/** What can go wrong: each kind with a name, on what it acts and how long. */
@NullMarked
package dev.skein.faults.fault;

import org.jspecify.annotations.NullMarked;
