// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import dev.skein.engine.script.ScriptPiece.Statement;
import java.util.List;

/**
 * What a statement in a revision may not be, because the runner owns transaction and session. It is
 * refused when the file is read, as it was ever; what files that were applied may hold is told by
 * {@link MismatchedStatements}.
 */
final class StatementRules {
    private static final List<String> TRANSACTION =
            List.of(
                    "BEGIN",
                    "START TRANSACTION",
                    "COMMIT",
                    "ROLLBACK",
                    "END",
                    "ABORT",
                    "PREPARE TRANSACTION");
    static final List<String> LOCAL_SET =
            List.of("SET LOCAL", "SET CONSTRAINTS", "SET TRANSACTION");
    private static final List<String> SELECTS = List.of("SELECT", "WITH", "VALUES", "TABLE");

    private StatementRules() {}

    static void check(Script script) {
        for (var section : script.sections()) {
            for (var statement : section.getValue().statements()) {
                checkTransaction(script.file(), statement);
                checkForm(script.file(), statement);
                if (section.getKey().startsWith("verify") || section.getKey().equals("precheck")) {
                    checkQuestion(script.file(), section.getKey(), statement);
                }
            }
        }
    }

    private static void checkTransaction(String file, Statement s) {
        if (TRANSACTION.stream().anyMatch(s::starts)) {
            throw new ScriptError(
                    file,
                    s.line(),
                    "'" + s.words().split(" ", 2)[0] + "' is not allowed in a revision",
                    "Remove it: Skein opens and commits the transaction");
        }
        if (s.starts("SET") && LOCAL_SET.stream().noneMatch(s::starts)) {
            throw new ScriptError(
                    file,
                    s.line(),
                    "SET without LOCAL would outlive the revision",
                    "Write SET LOCAL");
        }
    }

    private static void checkForm(String file, Statement s) {
        if (isNamelessIndex(s)) {
            throw new ScriptError(
                    file,
                    s.line(),
                    "an index that is built concurrently has no name",
                    "Name it, so that a build that was cut off can be found");
        }
        if (s.starts("COPY") && isByClient(SqlWords.of(s.sql()))) {
            throw new ScriptError(
                    file,
                    s.line(),
                    "COPY between server and client works only as COPY … FROM STDIN in text format,"
                            + " ended by ';' and followed by its rows and a line '\\.'",
                    "Write it so, or write the rows as INSERT … VALUES");
        }
    }

    private static boolean isByClient(List<String> words) {
        return SqlWords.have(words, "FROM", "STDIN") || SqlWords.have(words, "TO", "STDOUT");
    }

    private static boolean isNamelessIndex(Statement s) {
        var words = TokenCursor.of(s.sql());
        if (!words.take("CREATE")) {
            return false;
        }
        words.take("UNIQUE");
        return words.take("INDEX", "CONCURRENTLY") && words.isAt("ON");
    }

    private static void checkQuestion(String file, String section, Statement s) {
        if (SELECTS.stream().noneMatch(s::starts) && !s.sql().startsWith("(")) {
            throw new ScriptError(
                    file,
                    s.line(),
                    "a statement in '" + section + "' is no SELECT",
                    "Each one is a SELECT that gives true or false");
        }
    }
}
