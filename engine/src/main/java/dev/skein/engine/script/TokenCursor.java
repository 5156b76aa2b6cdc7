// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.script.text.UnicodeNames;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads the beginning of a statement by its words and names; comments and line ends make no
 * difference. Names are as written, with their quotes, but for Unicode escapes ({@code U&"…"}),
 * which are plain quoted names here.
 */
public final class TokenCursor {
    /** No statement that is recognised has its words further behind. */
    private static final int KEPT = 64;

    private record Token(TokenReader.Kind kind, String text) {
        boolean is(String word) {
            return kind == TokenReader.Kind.WORD && text.equalsIgnoreCase(word);
        }
    }

    private static final Token END = new Token(TokenReader.Kind.END, "");

    private final List<Token> tokens;
    private int at;

    private TokenCursor(List<Token> tokens) {
        this.tokens = tokens;
    }

    /** Stands before a statement's first token. */
    public static TokenCursor of(String sql) {
        return of(sql, KEPT);
    }

    /** Every word and every quoted name of a statement, as a server reads it, without quotes. */
    public static List<String> wordsAndNames(String sql) {
        var cursor = whole(sql);
        var all = new ArrayList<String>();
        while (!cursor.isAtEnd()) {
            var here = cursor.token(0);
            cursor.at++;
            if (here.kind() == TokenReader.Kind.WORD) {
                all.add(here.text());
            } else if (here.kind() == TokenReader.Kind.NAME) {
                var name = cursor.plain(here.text());
                all.add(name.substring(1, name.length() - 1).replace("\"\"", "\""));
            }
        }
        return all;
    }

    /** A statement with another text for the first such word that stands unquoted in it. */
    public static String replacing(String sql, String word, String by) {
        var reader = new TokenReader("", sql);
        for (var kind = reader.next(); kind != TokenReader.Kind.END; kind = reader.next()) {
            if (new Token(kind, reader.token()).is(word)) {
                return sql.substring(0, reader.start()) + by + sql.substring(reader.end());
            }
        }
        return sql;
    }

    static TokenCursor whole(String sql) {
        return of(sql, Integer.MAX_VALUE);
    }

    private static TokenCursor of(String sql, int most) {
        var tokens = new ArrayList<Token>();
        var reader = new TokenReader("", sql);
        for (var kind = reader.next();
                kind != TokenReader.Kind.END && tokens.size() < most;
                kind = reader.next()) {
            if (kind != TokenReader.Kind.SPACE && kind != TokenReader.Kind.COMMENT) {
                tokens.add(new Token(kind, reader.token()));
            }
        }
        return new TokenCursor(tokens);
    }

    private Token token(int ahead) {
        return at + ahead < tokens.size() ? tokens.get(at + ahead) : END;
    }

    /** Goes behind these words, unquoted and in a row, if they stand here. */
    public boolean take(String... words) {
        for (int i = 0; i < words.length; i++) {
            if (!token(i).is(words[i])) {
                return false;
            }
        }
        at += words.length;
        return true;
    }

    /** Goes behind a sign, if it stands here. */
    public boolean takeSign(char sign) {
        boolean found = isAtSign(sign);
        at += found ? 1 : 0;
        return found;
    }

    boolean isAtSign(char sign) {
        var here = token(0);
        return here.kind() == TokenReader.Kind.SIGN && here.text().equals(String.valueOf(sign));
    }

    /** Goes one token on; gives its text, nothing at the end. */
    public String skip() {
        var here = token(0);
        at++;
        return here.text();
    }

    /** Whether a word stands here, without going behind it. */
    public boolean isAt(String word) {
        return token(0).is(word);
    }

    public boolean isAtEnd() {
        return at >= tokens.size();
    }

    /** Whether a word stands unquoted here or later. */
    public boolean has(String word) {
        return tokens.stream().skip(at).anyMatch(token -> token.is(word));
    }

    /** Goes behind a name, with the schema before it; gives its parts, none if there is no name. */
    public List<String> name() {
        var parts = new ArrayList<String>();
        do {
            var here = token(0);
            if (here.kind() == TokenReader.Kind.WORD) {
                parts.add(here.text());
                at++;
            } else if (here.kind() == TokenReader.Kind.NAME) {
                at++;
                parts.add(plain(here.text()));
            } else {
                return List.of();
            }
        } while (takeSign('.'));
        return parts;
    }

    /** Goes behind a string; gives it as written, with its quotes. */
    public Optional<String> string() {
        var here = token(0);
        if (here.kind() != TokenReader.Kind.STRING) {
            return Optional.empty();
        }
        at++;
        return Optional.of(here.text() + escape().map(e -> " UESCAPE " + e).orElse(""));
    }

    private Optional<String> escape() {
        if (isAt("UESCAPE") && token(1).kind() == TokenReader.Kind.STRING) {
            at++;
            return Optional.of(skip());
        }
        return Optional.empty();
    }

    private String plain(String name) {
        if (name.charAt(0) == '"') {
            return name;
        }
        char mark = escape().filter(e -> e.length() == 3).map(e -> e.charAt(1)).orElse('\\');
        return UnicodeNames.plain(name, mark);
    }
}
