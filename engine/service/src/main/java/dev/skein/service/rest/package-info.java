// SPDX-License-Identifier: Apache-2.0

/** What the doors of both services have in common, for requests over HTTP. */
@NullMarked
package dev.skein.service.rest;

import org.jspecify.annotations.NullMarked;
