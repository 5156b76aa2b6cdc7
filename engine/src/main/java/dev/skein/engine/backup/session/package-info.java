// SPDX-License-Identifier: Apache-2.0

/** Sessions that wait, and how the programs that dump and restore are let in. */
@NullMarked
package dev.skein.engine.backup.session;

import org.jspecify.annotations.NullMarked;
