// SPDX-License-Identifier: Apache-2.0

/** What a rollout is and may become: pure decisions over records. */
@NullMarked
package dev.skein.api.rollout;

import org.jspecify.annotations.NullMarked;
