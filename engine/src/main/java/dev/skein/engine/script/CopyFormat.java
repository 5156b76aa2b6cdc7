// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import java.util.Set;

/**
 * How the rows of a COPY are written.
 *
 * @param plain whether it has no option, or only such as say what is usual
 * @param nullMark what stands for NULL
 * @param forceNull columns, folded, of which a quoted field that looks like NULL is NULL; an
 *     asterisk for all
 * @param forceNotNull those of which a field is never NULL
 */
record CopyFormat(
        boolean csv,
        boolean header,
        boolean plain,
        char delimiter,
        char quote,
        char escape,
        String nullMark,
        Set<String> forceNull,
        Set<String> forceNotNull) {}
