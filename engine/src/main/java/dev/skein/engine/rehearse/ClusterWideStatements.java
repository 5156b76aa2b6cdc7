// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.rehearse;

import dev.skein.engine.SkeinException;
import dev.skein.engine.script.Script;
import dev.skein.engine.script.ScriptPiece;
import dev.skein.engine.script.SqlWords;
import java.util.List;

/**
 * Statements that reach beyond a database. A scratch server does not allow them to whom it lets in;
 * here they are named before anything runs.
 */
public final class ClusterWideStatements {
    private static final List<String> BEYOND =
            List.of(
                    "CREATE ROLE",
                    "CREATE USER",
                    "CREATE GROUP",
                    "ALTER ROLE",
                    "ALTER USER",
                    "ALTER GROUP",
                    "DROP ROLE",
                    "DROP USER",
                    "DROP GROUP",
                    "CREATE TABLESPACE",
                    "ALTER TABLESPACE",
                    "DROP TABLESPACE",
                    "CREATE DATABASE",
                    "DROP DATABASE",
                    "ALTER SYSTEM",
                    "ALTER DATABASE",
                    "CREATE SUBSCRIPTION",
                    "COMMENT ON ROLE",
                    "COMMENT ON DATABASE",
                    "COMMENT ON TABLESPACE");

    private ClusterWideStatements() {}

    /** Whether a statement is one. */
    public static boolean is(ScriptPiece.Statement statement) {
        return BEYOND.stream().anyMatch(statement::starts) || isOfRole(statement);
    }

    /** GRANT and REVOKE of a role: nothing is named that a right would be on. */
    private static boolean isOfRole(ScriptPiece.Statement statement) {
        return (statement.starts("GRANT") || statement.starts("REVOKE"))
                && !SqlWords.have(SqlWords.of(statement.sql()), "ON");
    }

    /**
     * Refuses such a statement.
     *
     * @throws SkeinException with file and line
     */
    public static void refuse(String file, ScriptPiece.Statement statement) {
        if (is(statement)) {
            throw SkeinException.usage(
                    file + ":" + statement.line(),
                    statement.words() + " reaches beyond the database",
                    "It cannot be tried on a scratch server; do it outside revisions");
        }
    }

    /**
     * Refuses a revision with such a statement.
     *
     * @throws SkeinException with file and line
     */
    public static void refuse(Script script) {
        for (var section : List.of(script.upgrade(), script.downgrade())) {
            section.statements().forEach(statement -> refuse(script.file(), statement));
        }
    }
}
