// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the lexer finds in a revision file, with the 1-based line where it starts. */
public sealed interface ScriptPiece {
    int line();

    /** A line {@code --@ text} at top level. */
    record DirectiveLine(int line, String text) implements ScriptPiece {}

    /** A plain comment at top level, without its dashes. */
    record Comment(int line, String text) implements ScriptPiece {}

    /**
     * What must be so right before a statement runs, or it would not do what was written.
     *
     * @param question a SELECT that gives true where it may run
     * @param otherwise what is wrong where it does not
     */
    record Condition(String question, String otherwise) {}

    /**
     * Why a statement must not run, though it can be read.
     *
     * @param line where it shows
     */
    record Misfit(int line, String found, String remedy, boolean isHarmless) {
        Misfit(int line, String found, String remedy) {
            this(line, found, remedy, true);
        }

        /** One that no file may allow. */
        static Misfit harmful(int line, String found, String remedy) {
            return new Misfit(line, found, remedy, false);
        }
    }

    /**
     * One SQL statement as written, without its semicolon.
     *
     * @param words its first words in upper case, comments left out; enough to recognise its kind.
     *     Quoted names are among them, as written
     * @param conditions what is asked before it; not a part of its text
     * @param misfit why it must not run; null where nothing is known against it
     */
    record Statement(
            int line, String sql, String words, List<Condition> conditions, @Nullable Misfit misfit)
            implements ScriptPiece {
        public Statement {
            conditions = List.copyOf(conditions);
        }

        /** One that asks nothing before it runs. */
        public Statement(int line, String sql, String words) {
            this(line, sql, words, List.of(), null);
        }

        /**
         * The file's line of a place in it.
         *
         * @param position in characters from 1, as a server tells it; 0 for the statement as such
         */
        public int lineAt(int position) {
            int end = Math.min(position, sql.codePointCount(0, sql.length()));
            var before = end <= 0 ? "" : sql.substring(0, sql.offsetByCodePoints(0, end - 1));
            return line + (int) before.chars().filter(c -> c == '\n').count();
        }

        /** Whether its first words are these, given in upper case and parted by one blank. */
        public boolean starts(String prefix) {
            return words.equals(prefix) || words.startsWith(prefix + " ");
        }
    }
}
