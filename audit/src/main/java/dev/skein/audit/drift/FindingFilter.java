// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.drift;

import org.jspecify.annotations.Nullable;

/**
 * Which findings are asked for; null where it does not matter.
 *
 * @param open only those that are not over
 * @param cohort the beginning of its name
 * @param site where the database is
 * @param name what the database is called there
 */
public record FindingFilter(
        boolean open, @Nullable String cohort, @Nullable String site, @Nullable String name) {
    /**
     * As a condition on {@code finding n} and {@code fleet f} with the first four parameters; one
     * that the index of what is open is made for, where that is asked for.
     */
    String where() {
        return """
        %s
            AND ($2::text IS NULL OR starts_with(n.cohort, $2)
                AND n.cohort COLLATE "C" >= $2 AND n.cohort COLLATE "C" < $2 || chr(1114111))
            AND ($3::text IS NULL OR f.site = $3) AND ($4::text IS NULL OR f.name = $4)
        """
                .formatted(open ? "n.state = 'open' AND $1" : "NOT $1");
    }
}
