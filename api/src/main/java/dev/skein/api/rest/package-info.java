// SPDX-License-Identifier: Apache-2.0

/** The control plane over HTTP. */
@NullMarked
package dev.skein.api.rest;

import org.jspecify.annotations.NullMarked;
