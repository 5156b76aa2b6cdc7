// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

/** What the lexer finds in a revision file, with the 1-based line where it starts. */
public sealed interface Piece {
    int line();

    /** A line {@code --@ text} at top level. */
    record Directive(int line, String text) implements Piece {}

    /** A plain comment at top level, without its dashes. */
    record Comment(int line, String text) implements Piece {}

    /**
     * One SQL statement as written, without its semicolon.
     *
     * @param words its first words in upper case, comments left out; enough to recognise its kind
     */
    record Statement(int line, String sql, String words) implements Piece {
        /** Whether its first words are these, given in upper case and parted by one blank. */
        public boolean starts(String prefix) {
            return words.equals(prefix) || words.startsWith(prefix + " ");
        }
    }
}
