// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import org.jspecify.annotations.Nullable;

/**
 * One statement of a change.
 *
 * @param sql without the closing semicolon
 * @param loss what data it loses; null where it loses none
 * @param question what must be true once its revision is through; null where nothing is asked
 */
public record Statement(String sql, Mode mode, @Nullable String loss, @Nullable String question) {
    private Statement(String sql, Mode mode) {
        this(sql, mode, null, null);
    }

    /** With what a statement may share a revision. */
    public enum Mode {
        /** With others in one transaction. */
        TOGETHER,
        /** In a transaction after the one before, which must be over. */
        AFTERWARDS,
        /** Outside transactions. */
        ALONE,
        /** Outside transactions, with no way back. */
        FOR_GOOD
    }

    /** One that shares a transaction with others and loses nothing. */
    public static Statement of(String sql) {
        return new Statement(sql, Mode.TOGETHER);
    }

    static Statement forGood(String sql) {
        return new Statement(sql, Mode.FOR_GOOD);
    }

    /** Whether it runs outside transactions. */
    public boolean isAlone() {
        return mode == Mode.ALONE || mode == Mode.FOR_GOOD;
    }

    static Statement alone(String sql) {
        return new Statement(sql, Mode.ALONE);
    }

    static Statement afterwards(String sql) {
        return new Statement(sql, Mode.AFTERWARDS);
    }

    /** With a SELECT of one value. */
    Statement asking(String select) {
        return new Statement(sql, mode, loss, select);
    }

    Statement losing(String what) {
        return new Statement(sql, mode, what.replaceAll("\\s+", " "), question); // a comment
    }
}
