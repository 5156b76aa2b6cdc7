// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.order;

import org.jspecify.annotations.Nullable;

/** What something was and is, in few words even where both are long: from where they differ. */
final class ShortDifference {
    private static final int SHOWN_CHARACTERS = 80;
    private static final int BEFORE = 20;

    private ShortDifference() {}

    static String was(String name, @Nullable String before, @Nullable String after) {
        var was = before == null ? "" : oneLine(before);
        var is = after == null ? "" : oneLine(after);
        int from =
                Math.max(was.length(), is.length()) <= SHOWN_CHARACTERS
                        ? 0
                        : firstDifference(was, is);
        return name + " was " + quoted(was, from) + ", is " + quoted(is, from);
    }

    private static String quoted(String text, int from) {
        return text.isEmpty() ? "unset" : brief(text, from);
    }

    private static int firstDifference(String one, String other) {
        int at = 0;
        while (at < Math.min(one.length(), other.length()) && one.charAt(at) == other.charAt(at)) {
            at++;
        }
        return Math.max(0, at - BEFORE);
    }

    /** One line of a text, from a place on. */
    static String brief(String text, int from) {
        var line = oneLine(text);
        int start = Math.min(from, line.length());
        int end = Math.min(line.length(), start + SHOWN_CHARACTERS);
        return (start > 0 ? "…" : "")
                + line.substring(start, end)
                + (end < line.length() ? "…" : "");
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }
}
