// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import dev.skein.engine.execute.order.MigrationFailed.Culprit;
import java.util.ArrayList;
import java.util.List;

/**
 * The statement that failed, as a person sees it: the line of the error with a caret under its
 * place, as psql draws it, or the statement's first lines where the server does not say the place.
 */
final class CulpritText {
    private static final String CUT = "…";
    private static final String TAB = "    ";
    private static final int FIRST = 3;
    private static final int WIDEST = 120;

    private final int width;

    /** Lines of at most so many columns. */
    CulpritText(int columns) {
        this.width = Math.min(columns, WIDEST);
    }

    List<String> lines(Culprit culprit) {
        return culprit.position() > 0 ? pointed(culprit) : begun(culprit);
    }

    private List<String> pointed(Culprit culprit) {
        var points = culprit.sql().codePoints().toArray();
        int at = Math.min(culprit.position() - 1, points.length);
        var margin = "  " + culprit.line() + " | ";
        int room = width - margin.length();
        var before = shown(points, lineStart(points, at), at);
        var behind = shown(points, at, lineEnd(points, at));
        if (columns(before) > room * 2 / 3) {
            before = CUT + last(before, room / 2);
        }
        var blank = " ".repeat(margin.length() - 2) + "| ";
        return List.of(
                margin + before + first(behind, room - columns(before)),
                blank + " ".repeat(columns(before)) + "^");
    }

    private static int lineStart(int[] points, int at) {
        int start = at;
        while (start > 0 && points[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    private static int lineEnd(int[] points, int at) {
        int end = at;
        while (end < points.length && points[end] != '\n') {
            end++;
        }
        return end;
    }

    private List<String> begun(Culprit culprit) {
        var all = culprit.sql().strip().lines().toList();
        var lines = new ArrayList<String>();
        for (int i = 0; i < Math.min(FIRST, all.size()); i++) {
            var margin = "  " + (culprit.line() + i) + " | ";
            var points = all.get(i).codePoints().toArray();
            lines.add(margin + first(shown(points, 0, points.length), width - margin.length()));
        }
        if (all.size() > FIRST) {
            lines.add("  " + CUT);
        }
        return lines;
    }

    /** Without what would move the cursor: a terminal is not to be steered by a statement. */
    private static String shown(int[] points, int from, int to) {
        var text = new StringBuilder();
        for (int i = from; i < to; i++) {
            if (points[i] == '\t') {
                text.append(TAB);
            } else if (!Character.isISOControl(points[i])) {
                text.appendCodePoint(points[i]);
            }
        }
        return text.toString();
    }

    private static String first(String text, int room) {
        if (columns(text) <= room) {
            return text;
        }
        int end = 0;
        int used = 1;
        while (used + columns(text.codePointAt(end)) <= room) {
            used += columns(text.codePointAt(end));
            end = text.offsetByCodePoints(end, 1);
        }
        return text.substring(0, end) + CUT;
    }

    private static String last(String text, int room) {
        int from = text.length();
        int used = 1;
        while (from > 0 && used + columns(text.codePointBefore(from)) <= room) {
            used += columns(text.codePointBefore(from));
            from = text.offsetByCodePoints(from, -1);
        }
        return text.substring(from);
    }

    private static int columns(String text) {
        return text.codePoints().map(CulpritText::columns).sum();
    }

    /** Two for what East Asian Width (Unicode Standard Annex 11) calls wide, as far as common. */
    private static int columns(int point) {
        int type = Character.getType(point);
        if (type == Character.NON_SPACING_MARK || type == Character.ENCLOSING_MARK) {
            return 0;
        }
        var wide =
                Character.isIdeographic(point)
                        || (point >= 0x1100 && point <= 0x115F)
                        || (point >= 0x3041 && point <= 0x33FF)
                        || (point >= 0xAC00 && point <= 0xD7A3)
                        || (point >= 0xFF00 && point <= 0xFF60)
                        || (point >= 0x1F300 && point <= 0x1FAFF);
        return wide ? 2 : 1;
    }
}
