// SPDX-License-Identifier: Apache-2.0
/**
 * How api and audit do with a fleet: simulated agents on the real topics, no tenant behind them.
 */
@NullMarked
package dev.skein.fleet;

import org.jspecify.annotations.NullMarked;
