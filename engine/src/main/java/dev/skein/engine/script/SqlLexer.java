// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.SkeinException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Cuts SQL text into statements and directives. It knows PostgreSQL's lexical rules (quotes, escape
 * strings, dollar quotes, nested comments) and psql's for where a statement ends (a semicolon
 * outside parentheses and outside {@code BEGIN ATOMIC … END} bodies), and no grammar.
 *
 * <p>Source: PostgreSQL documentation, "Lexical Structure"; psql's scanner rules for semicolons.
 */
public final class SqlLexer {
    private static final int KEPT_WORDS = 8;

    private final String file;
    private final String text;
    private final List<Piece> pieces = new ArrayList<>();
    private final StringBuilder words = new StringBuilder();
    private int at;
    private int line = 1;
    private int wordCount;
    private int parentheses;
    private int blocks;
    private String previousWord = "";
    private int start = -1;
    private int startLine;

    private SqlLexer(String file, String text) {
        this.file = file;
        this.text = text;
    }

    /**
     * Cuts a text.
     *
     * @param file its name, for errors
     * @throws SkeinException for a quote or comment that never ends, with its line
     */
    public static List<Piece> cut(String file, String text) {
        return new SqlLexer(file, text).run();
    }

    private List<Piece> run() {
        while (at < text.length()) {
            step(text.charAt(at));
        }
        endStatement(text.length());
        return pieces;
    }

    private void step(char c) {
        switch (c) {
            case '\n' -> {
                line++;
                at++;
            }
            case '-' -> dashes();
            case '/' -> slash();
            case ';' -> semicolon();
            case '\'' -> quoted('\'', escapeString());
            case '"' -> quoted('"', false);
            case '$' -> dollar();
            default -> other(c);
        }
    }

    private void other(char c) {
        if (Character.isWhitespace(c)) {
            at++;
        } else if (Character.isLetter(c) || c == '_') {
            word();
        } else {
            begin();
            parentheses += c == '(' || c == '[' ? 1 : 0;
            parentheses -= c == ')' || c == ']' ? 1 : 0;
            at++;
        }
    }

    private void begin() {
        if (start < 0) {
            start = at;
            startLine = line;
        }
    }

    private void dashes() {
        if (!text.startsWith("--", at)) {
            begin();
            at++;
            return;
        }
        int end = text.indexOf('\n', at);
        end = end < 0 ? text.length() : end;
        var content = text.substring(at + 2, end).strip();
        if (content.startsWith("@")) {
            directive(content.substring(1).strip());
        } else if (start < 0) {
            pieces.add(new Piece.Comment(line, content));
        }
        at = end;
    }

    private void directive(String content) {
        int lineStart = text.lastIndexOf('\n', at - 1) + 1;
        if (!text.substring(lineStart, at).isBlank()) {
            throw error(line, "a directive (--@) stands behind other text", "Give it its own line");
        }
        endStatement(lineStart);
        pieces.add(new Piece.Directive(line, content));
    }

    private void slash() {
        if (!text.startsWith("/*", at)) {
            begin();
            at++;
            return;
        }
        int opened = line;
        int depth = 0;
        do {
            if (at >= text.length()) {
                throw error(opened, "a comment /* starts here and never ends", "Close it with */");
            }
            if (text.startsWith("/*", at)) {
                depth++;
                at += 2;
            } else if (text.startsWith("*/", at)) {
                depth--;
                at += 2;
            } else {
                line += text.charAt(at) == '\n' ? 1 : 0;
                at++;
            }
        } while (depth > 0);
    }

    private void semicolon() {
        if (parentheses > 0 || blocks > 0) {
            previousWord = "";
            at++;
        } else {
            var copy = CopyBlock.of(file, words.toString(), text, start, at, startLine);
            if (copy.isPresent()) {
                pieces.addAll(copy.get().statements());
                line += copy.get().lines();
                at = copy.get().end();
                reset();
                return;
            }
            endStatement(at);
            at++;
        }
    }

    private void endStatement(int end) {
        if (start >= 0) {
            var sql = text.substring(start, end).strip();
            pieces.add(new Piece.Statement(startLine, sql, words.toString()));
        }
        reset();
    }

    private void reset() {
        start = -1;
        words.setLength(0);
        wordCount = 0;
        parentheses = 0;
        blocks = 0;
        previousWord = "";
    }

    private boolean escapeString() {
        return at > 0
                && (text.charAt(at - 1) == 'e' || text.charAt(at - 1) == 'E')
                && (at < 2 || !Character.isJavaIdentifierPart(text.charAt(at - 2)));
    }

    private void quoted(char quote, boolean backslashes) {
        begin();
        int opened = line;
        at++;
        while (at < text.length()) {
            char c = text.charAt(at++);
            line += c == '\n' ? 1 : 0;
            if (c == '\\' && backslashes) {
                at++;
            } else if (c == quote) {
                if (at >= text.length() || text.charAt(at) != quote) {
                    return;
                }
                at++;
            }
        }
        throw error(opened, "a quote " + quote + " starts here and never ends", "Close it");
    }

    private void dollar() {
        begin();
        int end = at + 1;
        while (end < text.length() && isTagPart(text.charAt(end), end == at + 1)) {
            end++;
        }
        if (end >= text.length() || text.charAt(end) != '$') {
            at++;
            return;
        }
        var tag = text.substring(at, end + 1);
        int close = text.indexOf(tag, end + 1);
        if (close < 0) {
            throw error(line, "a dollar quote " + tag + " starts here and never ends", "Close it");
        }
        line += (int) text.substring(at, close).chars().filter(c -> c == '\n').count();
        at = close + tag.length();
    }

    private static boolean isTagPart(char c, boolean first) {
        return Character.isLetter(c) || c == '_' || (!first && Character.isDigit(c));
    }

    private void word() {
        begin();
        int from = at;
        while (at < text.length()
                && (Character.isJavaIdentifierPart(text.charAt(at)) || text.charAt(at) > 127)) {
            at++;
        }
        var word = text.substring(from, at).toUpperCase(Locale.ROOT);
        if (wordCount++ < KEPT_WORDS) {
            words.append(words.isEmpty() ? "" : " ").append(word);
        }
        atomic(word);
        previousWord = word;
    }

    /** Counts the blocks of a routine body in standard SQL: BEGIN ATOMIC and CASE end with END. */
    private void atomic(String word) {
        if (word.equals("ATOMIC") && previousWord.equals("BEGIN")) {
            blocks++;
        } else if (blocks > 0 && word.equals("CASE")) {
            blocks++;
        } else if (blocks > 0 && word.equals("END")) {
            blocks--;
        }
    }

    private SkeinException error(int where, String found, String remedy) {
        return new ScriptError(file, where, found, remedy);
    }
}
