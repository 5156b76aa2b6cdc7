// SPDX-License-Identifier: Apache-2.0

/** The statements on one kind of object, each by itself. */
@NullMarked
package dev.skein.engine.ddl.text;

import org.jspecify.annotations.NullMarked;
