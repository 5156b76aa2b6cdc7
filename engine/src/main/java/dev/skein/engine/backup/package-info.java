// SPDX-License-Identifier: Apache-2.0

/** Takes, verifies and restores backups. */
@NullMarked
package dev.skein.engine.backup;

import org.jspecify.annotations.NullMarked;
