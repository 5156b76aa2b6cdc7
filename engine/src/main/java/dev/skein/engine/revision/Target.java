// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.revision;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A place in the revision graph as a person writes it: {@code [label@][symbol][+N|-N]}, where the
 * symbol is {@code head}, {@code heads}, {@code base}, {@code current}, an id, a prefix of one or a
 * label. The grammar is Alembic's.
 *
 * @param text what was written
 * @param branch the label before {@code @}
 * @param symbol what stands before the steps; absent in {@code +2}
 * @param steps up when positive, down when negative; 0 where none are written
 */
public record Target(String text, @Nullable String branch, @Nullable String symbol, int steps) {
    private static final Pattern FORM =
            Pattern.compile("(?:([^@+\\-:\\s]+)@)?([^@+\\-:\\s]+)?([+-]\\d{1,6})?");

    /**
     * Reads a target.
     *
     * @throws RevisionError for text that is none
     */
    public static Target parse(String text) {
        var m = FORM.matcher(text);
        if (text.isEmpty() || !m.matches() || (m.group(2) == null && m.group(3) == null)) {
            throw RevisionError.noSuchStep(
                    text,
                    "this is not a revision, label, head, heads, base, current, +N or -N",
                    java.util.List.of());
        }
        var steps = m.group(3) == null ? 0 : Integer.parseInt(m.group(3));
        return new Target(text, m.group(1), m.group(2), steps);
    }

    /** Whether it counts from where the database is. */
    public boolean isRelativeToCurrent() {
        return steps != 0 && (symbol == null || symbol.equals("current"));
    }

    /** Whether it is where a branch begins. */
    public boolean isBaseOfBranch() {
        return branch != null && "base".equals(symbol) && steps == 0;
    }
}
