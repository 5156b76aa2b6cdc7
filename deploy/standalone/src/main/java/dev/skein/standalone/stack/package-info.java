// SPDX-License-Identifier: Apache-2.0

/** The processes of the stack: started in order, watched, restarted, stopped. */
@NullMarked
package dev.skein.standalone.stack;

import org.jspecify.annotations.NullMarked;
