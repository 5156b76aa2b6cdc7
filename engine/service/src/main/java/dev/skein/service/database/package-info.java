// SPDX-License-Identifier: Apache-2.0

/** Transactions on a service's own database. */
@NullMarked
package dev.skein.service.database;

import org.jspecify.annotations.NullMarked;
