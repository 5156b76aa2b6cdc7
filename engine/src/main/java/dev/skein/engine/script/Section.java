// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.script.ScriptPiece.Statement;
import java.util.List;

/**
 * The statements under one section directive.
 *
 * @param line where the directive stands; 0 for a section that is not there
 */
public record Section(int line, List<Statement> statements) {
    static final Section ABSENT = new Section(0, List.of());

    public Section {
        statements = List.copyOf(statements);
    }

    public boolean isEmpty() {
        return statements.isEmpty();
    }

    /** Its statements as one text, each ended by a semicolon. */
    public String sql() {
        var text = new StringBuilder();
        statements.forEach(s -> text.append(s.sql()).append(";\n"));
        return text.toString();
    }
}
