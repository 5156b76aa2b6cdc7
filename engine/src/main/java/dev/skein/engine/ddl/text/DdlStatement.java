// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl.text;

import org.jspecify.annotations.Nullable;

/**
 * One statement of a change.
 *
 * @param sql without the closing semicolon
 * @param loss what data it loses; null where it loses none
 * @param meanwhile what is not possible while it runs, where no form of it lets that go on; null
 *     where it is quick
 */
public record DdlStatement(
        String sql, Mode mode, @Nullable String loss, @Nullable String meanwhile) {
    private DdlStatement(String sql, Mode mode) {
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
    public static DdlStatement of(String sql) {
        return new DdlStatement(sql, Mode.TOGETHER);
    }

    static DdlStatement forGood(String sql) {
        return new DdlStatement(sql, Mode.FOR_GOOD);
    }

    /** Whether it runs outside transactions. */
    public boolean isAlone() {
        return mode == Mode.ALONE || mode == Mode.FOR_GOOD;
    }

    public static DdlStatement alone(String sql) {
        return new DdlStatement(sql, Mode.ALONE);
    }

    public static DdlStatement afterwards(String sql) {
        return new DdlStatement(sql, Mode.AFTERWARDS);
    }

    public DdlStatement losing(String what) {
        return new DdlStatement(sql, mode, inComment(what), meanwhile);
    }

    public DdlStatement blocking(String what) {
        return new DdlStatement(sql, mode, loss, inComment(what));
    }

    private static String inComment(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
