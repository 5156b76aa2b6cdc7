// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.script;

import dev.skein.engine.script.ScriptPiece.Statement;
import java.util.List;

/** Where statements stand in their text; one that stands for rows of COPY has no place. */
final class StatementPlaces {
    private final int[] from;
    private final int[] end;

    private StatementPlaces(int count) {
        from = new int[count];
        end = new int[count];
    }

    static StatementPlaces of(String text, List<Statement> statements) {
        var places = new StatementPlaces(statements.size());
        int at = 0;
        int line = 1;
        int lineAt = 0;
        for (int i = 0; i < statements.size(); i++) {
            var s = statements.get(i);
            for (; line < s.line(); line++) {
                lineAt = text.indexOf('\n', lineAt) + 1;
            }
            int found = text.indexOf(s.sql(), Math.max(at, lineAt));
            places.from[i] = found;
            if (found >= 0) {
                at = found + s.sql().length();
                int semicolon = at;
                while (semicolon < text.length()
                        && Character.isWhitespace(text.charAt(semicolon))) {
                    semicolon++;
                }
                at = text.startsWith(";", semicolon) ? semicolon + 1 : at;
                places.end[i] = at;
            }
        }
        return places;
    }

    static int lineStart(String text, int line) {
        int at = 0;
        for (int i = 1; i < line; i++) {
            at = text.indexOf('\n', at) + 1;
        }
        return at;
    }

    boolean has(int statement) {
        return from[statement] >= 0;
    }

    int from(int statement) {
        return from[statement];
    }

    /** Behind its semicolon. */
    int end(int statement) {
        return end[statement];
    }
}
