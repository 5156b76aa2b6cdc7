// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.engine.script.Piece.Statement;
import java.util.Set;

/**
 * Lines that psql reads itself. What pg_dump frames its text with means nothing to a server;
 * anything else would change what is run, and no server knows it.
 */
final class PsqlLines {
    private static final Set<String> MEANINGLESS = Set.of("\\restrict", "\\unrestrict");

    private PsqlLines() {}

    /**
     * A text without the lines that mean nothing.
     *
     * @throws dev.skein.engine.script.ScriptError with the line, for any other command
     */
    static Source without(Source source) {
        var rest = source;
        while (true) {
            var line = first(rest);
            if (line == null) {
                return rest;
            }
            var text = rest.text();
            int from = Places.lineStart(text, line.line());
            int at = text.indexOf('\\', from);
            int end = text.indexOf('\n', at);
            var command = text.substring(at, end < 0 ? text.length() : end).strip();
            if (!MEANINGLESS.contains(command.split("\\s", 2)[0])) {
                throw source.error(
                        line.line(),
                        "'" + command + "' is a command of psql, which no server knows",
                        "Write what it does as SQL");
            }
            rest =
                    rest.withText(
                            text.substring(0, at) + text.substring(end < 0 ? text.length() : end));
        }
    }

    private static @org.jspecify.annotations.Nullable Statement first(Source source) {
        if (source.text().indexOf('\\') < 0) {
            return null;
        }
        return ForeignScript.cut(source).stream()
                .filter(p -> p instanceof Statement s && s.sql().startsWith("\\"))
                .map(Statement.class::cast)
                .findFirst()
                .orElse(null);
    }
}
