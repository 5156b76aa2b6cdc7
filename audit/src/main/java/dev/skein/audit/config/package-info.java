// SPDX-License-Identifier: Apache-2.0

/** The typed configuration of the audit service. */
@NullMarked
package dev.skein.audit.config;

import org.jspecify.annotations.NullMarked;
