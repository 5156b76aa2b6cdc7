// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

/** What a batched data change must be, and what no other revision may be. */
final class BatchRules {
    private BatchRules() {}

    static void check(Script script) {
        if (script.batch() == null) {
            return;
        }
        if (!script.transactional()) {
            throw error(
                    script, 0, "'batch' and 'transaction: none' exclude each other", "Keep one");
        }
        checkStatement(script, "upgrade", script.upgrade());
        var down = script.downgrade();
        if (down.statements().stream().anyMatch(s -> BatchText.isBatched(s.sql()))) {
            checkStatement(script, "downgrade", down);
        }
    }

    private static void checkStatement(Script script, String name, Section section) {
        if (section.statements().size() != 1) {
            throw error(
                    script,
                    section.line(),
                    "a batched '" + name + "' has " + section.statements().size() + " statements",
                    "A batched change is one statement, alone in its revision");
        }
        var statement = section.statements().getFirst();
        checkBounds(script, statement.line(), BatchText.use(statement.sql()));
    }

    private static void checkBounds(Script script, int line, BatchText.Use use) {
        if (!use.from() || !use.to()) {
            throw error(
                    script,
                    line,
                    "the batched statement does not use both :from and :to",
                    "Bound it, for example: WHERE id BETWEEN :from AND :to");
        }
        if (use.exclusive()) {
            throw error(
                    script,
                    line,
                    ":from and :to are the first and the last key of a batch; '<' or '>' leaves"
                            + " one out",
                    "Write BETWEEN :from AND :to, or >= :from and <= :to");
        }
    }

    private static ScriptError error(Script script, int line, String found, String remedy) {
        return new ScriptError(script.file(), line, found, remedy);
    }
}
