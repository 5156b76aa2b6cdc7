// SPDX-License-Identifier: Apache-2.0

/** Signs the growing log and looks again whether it is what it was. */
@NullMarked
package dev.skein.audit.sign;

import org.jspecify.annotations.NullMarked;
