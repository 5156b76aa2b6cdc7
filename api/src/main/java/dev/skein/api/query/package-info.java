// SPDX-License-Identifier: Apache-2.0

/** What is read of the control plane and shown, by programs and people alike. */
@NullMarked
package dev.skein.api.query;

import org.jspecify.annotations.NullMarked;
