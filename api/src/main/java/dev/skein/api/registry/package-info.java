// SPDX-License-Identifier: Apache-2.0

/** The records behind the screens: databases, rollouts, bundles, accounts, as entities. */
@NullMarked
package dev.skein.api.registry;

import org.jspecify.annotations.NullMarked;
