// SPDX-License-Identifier: Apache-2.0

/** Long lists, page by page: what a page is, and where it ends. */
@NullMarked
package dev.skein.service.page;

import org.jspecify.annotations.NullMarked;
