// SPDX-License-Identifier: Apache-2.0

/** The story that the demo tells, each claim of it checked. */
@NullMarked
package dev.skein.standalone.demo;

import org.jspecify.annotations.NullMarked;
