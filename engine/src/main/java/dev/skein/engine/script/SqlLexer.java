// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.SkeinException;
import dev.skein.engine.script.text.SqlCharacters;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Cuts SQL text into statements and directives. A statement ends at a semicolon outside parentheses
 * and outside the body of a routine in standard SQL, as psql cuts it. It knows no grammar but of
 * such bodies: {@code BEGIN ATOMIC} opens one in CREATE FUNCTION and CREATE PROCEDURE alone, and as
 * each statement in it ends with a semicolon, END closes it where a statement would begin.
 */
public final class SqlLexer {
    /** Lines that pg_dump writes for psql's sake; they mean nothing to a server. */
    private static final Set<String> PASSED_OVER = Set.of("\\restrict", "\\unrestrict");

    private final String file;
    private final String text;
    private final boolean formerly;
    private final TokenReader reader;
    private final List<ScriptPiece> pieces = new ArrayList<>();
    private final OpenStatement open = new OpenStatement();

    private SqlLexer(String file, String text, boolean formerly) {
        this.file = file;
        this.text = text;
        this.formerly = formerly;
        this.reader = new TokenReader(file, text);
    }

    /**
     * Cuts a text.
     *
     * @param file its name, for errors
     * @throws SkeinException with the line, for a quote or comment that never ends, a command of
     *     psql, or rows of a COPY that the server would refuse
     */
    public static List<ScriptPiece> cut(String file, String text) {
        return new SqlLexer(file, text, false).run();
    }

    /** The same with rows of a COPY as the first version read them. */
    static List<ScriptPiece> cutFormerly(String file, String text) {
        return new SqlLexer(file, text, true).run();
    }

    private List<ScriptPiece> run() {
        for (var kind = reader.next(); kind != TokenReader.Kind.END; kind = reader.next()) {
            step(kind);
        }
        endStatement(text.length());
        return pieces;
    }

    private void step(TokenReader.Kind kind) {
        switch (kind) {
            case COMMENT -> comment();
            case WORD -> {
                begin();
                open.word(reader.token().toUpperCase(Locale.ROOT));
            }
            case NAME -> {
                begin();
                open.name(reader.token());
            }
            case SIGN -> sign(text.charAt(reader.start()));
            case STRING -> {
                begin();
                open.string();
            }
            case SPACE, END -> {}
        }
    }

    private void begin() {
        open.begin(reader.start(), reader.line());
    }

    private void comment() {
        if (text.startsWith("--@", reader.start())) {
            directive(reader.token().substring(3).strip());
        } else if (!open.isBegun() && text.startsWith("--", reader.start())) {
            pieces.add(new ScriptPiece.Comment(reader.line(), reader.token().substring(2).strip()));
        }
    }

    private void directive(String content) {
        int lineStart = reader.start();
        while (lineStart > 0 && "\n\r".indexOf(text.charAt(lineStart - 1)) < 0) {
            lineStart--;
        }
        if (!text.substring(lineStart, reader.start()).isBlank()) {
            throw error("a directive (--@) stands behind other text", "Give it its own line");
        }
        endStatement(lineStart);
        pieces.add(new ScriptPiece.DirectiveLine(reader.line(), content));
    }

    private void sign(char c) {
        if (c == ';') {
            semicolon();
            return;
        }
        if (c == '\\') {
            command();
            return;
        }
        begin();
        open.sign(c);
    }

    private void semicolon() {
        if (open.holdsSemicolon()) {
            return;
        }
        var copy = CopyBlock.of(file, text, open.start(), reader.start(), open.line(), formerly);
        if (copy.isPresent()) {
            pieces.addAll(copy.get().statements());
            reader.jump(copy.get().end());
            open.reset();
            return;
        }
        endStatement(reader.start());
    }

    private void command() {
        int lineEnd = SqlCharacters.lineEnd(text, reader.start());
        var line = text.substring(reader.start(), lineEnd).strip();
        var name = line.split("\\s", 2)[0];
        if (!open.isBegun() && PASSED_OVER.contains(name)) {
            pieces.add(new ScriptPiece.Comment(reader.line(), line)); // as good as one
            reader.jump(lineEnd);
            return;
        }
        if (name.equals("\\.")) {
            throw error(
                    "'\\.' ends the rows of COPY … FROM STDIN, and there is none before it",
                    "Remove it, or write the COPY in one statement that ends with ';'");
        }
        throw error(
                "'" + name + "' is a command of psql, which no server knows",
                "Remove it, or write in SQL what it does");
    }

    private void endStatement(int end) {
        if (open.isBegun()) {
            int last = end;
            while (last > open.start() && SqlCharacters.isSpace(text.charAt(last - 1))) {
                last--;
            }
            var sql = text.substring(open.start(), last);
            pieces.add(new ScriptPiece.Statement(open.line(), sql, open.words()));
        }
        open.reset();
    }

    private SkeinException error(String found, String remedy) {
        return new ScriptError(file, reader.line(), found, remedy);
    }
}
