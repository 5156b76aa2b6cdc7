// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.engine.script.Piece.Statement;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What PostgreSQL refuses in a transaction, so that another tool ran it in none, marked or not.
 *
 * <p>Source: PostgreSQL documentation, the notes of each of these commands.
 */
final class NoTransaction {
    private static final List<String> NEVER =
            List.of(
                    "VACUUM",
                    "ALTER SYSTEM",
                    "CREATE DATABASE",
                    "DROP DATABASE",
                    "CREATE TABLESPACE",
                    "DROP TABLESPACE",
                    "CREATE SUBSCRIPTION",
                    "DROP SUBSCRIPTION",
                    "DISCARD ALL",
                    "REINDEX DATABASE",
                    "REINDEX SYSTEM",
                    "REINDEX SCHEMA");
    private static final Pattern CONCURRENTLY =
            Pattern.compile(
                    "^(?:CREATE (?:UNIQUE )?INDEX|DROP INDEX|REINDEX|ALTER TABLE)"
                            + " .*CONCURRENTLY.*");
    private static final Pattern REINDEX_ALL =
            Pattern.compile("(?is)REINDEX\\s*(?:\\([^)]*\\)\\s*)?(?:DATABASE|SYSTEM|SCHEMA)\\b.*");
    private static final Pattern CLUSTER_ALL = Pattern.compile("(?is)CLUSTER(?:\\s+VERBOSE)?\\s*");
    private static final Pattern DETACH =
            Pattern.compile("(?is).*\\bDETACH\\s+PARTITION\\b.*\\bCONCURRENTLY\\s*");
    private static final Pattern ENDS_ITSELF =
            Pattern.compile("(?is).*\\b(?:COMMIT|ROLLBACK)(?:\\s+AND\\s+(?:NO\\s+)?CHAIN)?\\s*;.*");
    private static final Pattern ADD_VALUE =
            Pattern.compile(
                    "(?is)ALTER\\s+TYPE\\s+(?<type>\\S+)\\s+ADD\\s+VALUE\\s+"
                            + "(?:IF\\s+NOT\\s+EXISTS\\s+)?(?<value>'(?:[^']|'')*').*");

    private NoTransaction() {}

    /** Whether a statement runs in no transaction. */
    static boolean is(Statement s) {
        return NEVER.stream().anyMatch(s::starts)
                || CONCURRENTLY.matcher(s.words()).matches()
                || (s.starts("REINDEX") && REINDEX_ALL.matcher(s.sql()).matches())
                || (s.starts("ALTER TABLE") && DETACH.matcher(s.sql()).matches())
                || (s.starts("CLUSTER") && CLUSTER_ALL.matcher(s.sql()).matches())
                || (s.starts("ALTER DATABASE") && s.words().contains("SET TABLESPACE"))
                || (s.starts("DO") && ENDS_ITSELF.matcher(s.sql()).matches());
    }

    /**
     * Whether a new value of an enumeration is used behind its making, which works only once that
     * is committed.
     */
    static boolean usesNewValue(List<Statement> statements) {
        for (int i = 0; i < statements.size(); i++) {
            var m = ADD_VALUE.matcher(statements.get(i).sql());
            if (!statements.get(i).starts("ALTER TYPE") || !m.matches()) {
                continue;
            }
            var type = m.group("type");
            var made =
                    statements.subList(0, i).stream()
                            .anyMatch(s -> s.starts("CREATE TYPE") && s.sql().contains(type));
            var value = m.group("value");
            if (!made
                    && statements.subList(i + 1, statements.size()).stream()
                            .anyMatch(s -> s.sql().contains(value))) {
                return true;
            }
        }
        return false;
    }
}
