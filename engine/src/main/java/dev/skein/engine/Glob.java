// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine;

import java.util.List;

/**
 * A pattern in which {@code *} stands for any text. Matching takes time linear in text and pattern,
 * whoever wrote the pattern.
 *
 * @param parts the texts between the stars
 */
public record Glob(List<String> parts) {
    public Glob {
        parts = List.copyOf(parts);
    }

    public static Glob of(String pattern) {
        return new Glob(List.of(pattern.split("\\*", -1)));
    }

    public boolean matches(String text) {
        if (parts.size() == 1) {
            return text.equals(parts.getFirst());
        }
        var first = parts.getFirst();
        var last = parts.getLast();
        if (!text.startsWith(first)) {
            return false;
        }
        int at = first.length();
        for (var part : parts.subList(1, parts.size() - 1)) {
            int found = text.indexOf(part, at);
            if (found < 0) {
                return false;
            }
            at = found + part.length();
        }
        return text.length() - last.length() >= at && text.endsWith(last);
    }
}
