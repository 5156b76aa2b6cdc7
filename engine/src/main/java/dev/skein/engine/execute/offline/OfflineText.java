// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.offline;

/** The text of a script that is being written. */
final class OfflineText {
    private final StringBuilder text = new StringBuilder();

    /** A statement; on its own line ends what may end in a comment. */
    void statement(String sql) {
        text.append(sql).append("\n;\n");
    }

    /** What is there as it stands. */
    void add(String other) {
        text.append(other);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
