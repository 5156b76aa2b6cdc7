// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.script;

import java.util.TreeMap;

/** Changes to places of a text; whatever is around them stays as it was written. */
final class TextEdits {
    private record Edit(int end, String with) {}

    private final String text;
    private final TreeMap<Integer, Edit> edits = new TreeMap<>();

    TextEdits(String text) {
        this.text = text;
    }

    void put(int from, int end, String with) {
        edits.put(from, new Edit(end, with));
    }

    /** The new text with each line where it was. */
    String lined() {
        var out = new StringBuilder();
        int at = 0;
        for (var e : edits.entrySet()) {
            var edit = e.getValue();
            out.append(text, at, e.getKey()).append(edit.with());
            at = edit.end();
            out.append("\n".repeat(Math.max(0, lines(text, e.getKey(), at) - lines(edit.with()))));
        }
        return out.append(text, at, text.length()).toString();
    }

    /** The new text without the lines that became empty. */
    String text() {
        var out = new StringBuilder();
        int at = 0;
        for (var e : edits.entrySet()) {
            int from = e.getKey();
            int end = e.getValue().end();
            out.append(text, at, from);
            if (e.getValue().with().isEmpty() && isOwnLine(out, end)) {
                end = Math.min(text.length(), lineEnd(end) + 1);
                out.setLength(out.lastIndexOf("\n") + 1);
            }
            out.append(e.getValue().with());
            at = end;
        }
        return out.append(text, at, text.length()).toString();
    }

    private boolean isOwnLine(StringBuilder before, int end) {
        return before.substring(before.lastIndexOf("\n") + 1).isBlank()
                && text.substring(end, lineEnd(end)).isBlank();
    }

    private int lineEnd(int at) {
        int end = text.indexOf('\n', at);
        return end < 0 ? text.length() : end;
    }

    private static int lines(String all) {
        return lines(all, 0, all.length());
    }

    private static int lines(String text, int from, int end) {
        return (int) text.substring(from, end).chars().filter(c -> c == '\n').count();
    }
}
