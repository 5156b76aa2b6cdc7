// SPDX-License-Identifier: Apache-2.0

/** What is known about statements that refuse a transaction: how to tell whether one is done. */
@NullMarked
package dev.skein.engine.nontransactional;

import org.jspecify.annotations.NullMarked;
