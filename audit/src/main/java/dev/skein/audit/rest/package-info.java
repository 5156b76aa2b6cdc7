// SPDX-License-Identifier: Apache-2.0

/** Search, export and proofs over HTTP. */
@NullMarked
package dev.skein.audit.rest;

import org.jspecify.annotations.NullMarked;
