// SPDX-License-Identifier: Apache-2.0

/** The typed configuration of the api, with what start-up checks of it. */
@NullMarked
package dev.skein.api.config;

import org.jspecify.annotations.NullMarked;
