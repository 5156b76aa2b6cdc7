// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.script;

import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.engine.script.ScriptPiece.Comment;
import java.util.Comparator;

/**
 * Lines that psql reads itself. What pg_dump frames its text with means nothing to a server;
 * anything else would change what is run, and no server knows it.
 */
final class PsqlLines {
    private PsqlLines() {}

    /**
     * A text without the lines that mean nothing.
     *
     * @throws dev.skein.engine.script.ScriptError with the line, for any other command
     */
    static ForeignSource without(ForeignSource source) {
        if (source.text().indexOf('\\') < 0) {
            return source;
        }
        var text = new StringBuilder(source.text());
        var passedOver =
                ForeignScript.cut(source).stream()
                        .filter(p -> p instanceof Comment c && c.text().startsWith("\\"))
                        .map(p -> StatementPlaces.lineStart(source.text(), p.line()))
                        .sorted(Comparator.reverseOrder())
                        .toList();
        for (int from : passedOver) {
            int at = text.indexOf("\\", from);
            int end = text.indexOf("\n", at);
            if (text.substring(from, at).isBlank()) { // else a comment in SQL that says so
                text.delete(at, end < 0 ? text.length() : end);
            }
        }
        return source.withText(text.toString());
    }
}
