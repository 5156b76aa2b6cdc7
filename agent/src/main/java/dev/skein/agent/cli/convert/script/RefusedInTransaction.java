// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.script;

import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.SqlWords;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * What PostgreSQL refuses in a transaction, so that another tool ran it in none, marked or not.
 *
 * <p>Source: PostgreSQL documentation, the notes of each of these commands.
 */
final class RefusedInTransaction {
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
    private static final List<String> WITH_INDEX =
            List.of("CREATE INDEX", "CREATE UNIQUE INDEX", "DROP INDEX", "REINDEX");
    private static final List<String> WHOLE = List.of("DATABASE", "SYSTEM", "SCHEMA");

    /** What a statement of a DO block stands behind. */
    private static final Set<String> BEFORE = Set.of("", ";", "BEGIN", "THEN", "ELSE", "LOOP", ">");

    private RefusedInTransaction() {}

    /** Whether a statement runs in no transaction. */
    static boolean is(Statement s) {
        var words = SqlWords.of(s.sql());
        return NEVER.stream().anyMatch(s::starts)
                || (WITH_INDEX.stream().anyMatch(s::starts) && SqlWords.have(words, "CONCURRENTLY"))
                || (s.starts("REINDEX") && isOfAll(words))
                || (s.starts("ALTER TABLE") && detaches(words))
                || (s.starts("CLUSTER") && clustersAll(words))
                || (s.starts("ALTER DATABASE") && SqlWords.have(words, "SET", "TABLESPACE"))
                || (s.starts("DO") && words.stream().anyMatch(RefusedInTransaction::endsItself));
    }

    private static boolean isOfAll(List<String> words) {
        int at = behindOptions(words);
        return WHOLE.stream().anyMatch(kind -> SqlWords.are(words, at, kind));
    }

    private static boolean clustersAll(List<String> words) {
        int at = behindOptions(words);
        return words.size() == (SqlWords.are(words, at, "VERBOSE") ? at + 1 : at);
    }

    /** The place behind a command's first word and what stands in parentheses there. */
    private static int behindOptions(List<String> words) {
        return SqlWords.are(words, 1, "(") ? words.indexOf(")") + 1 : 1;
    }

    private static boolean detaches(List<String> words) {
        return SqlWords.have(words, "DETACH", "PARTITION")
                && SqlWords.are(words, words.size() - 1, "CONCURRENTLY");
    }

    /** Whether this is the body of a DO block that commits or rolls back. */
    private static boolean endsItself(String word) {
        if (!word.endsWith("'") && !word.endsWith("$")) {
            return false;
        }
        var body = SqlWords.of(SqlWords.text(word));
        return IntStream.range(0, body.size()).anyMatch(at -> ends(body, at));
    }

    private static boolean ends(List<String> body, int at) {
        var before = at == 0 ? "" : body.get(at - 1).toUpperCase(Locale.ROOT);
        var ends = SqlWords.are(body, at, "COMMIT") || SqlWords.are(body, at, "ROLLBACK");
        var end =
                SqlWords.are(body, at + 1, ";")
                        || SqlWords.are(body, at + 1, "AND", "CHAIN", ";")
                        || SqlWords.are(body, at + 1, "AND", "NO", "CHAIN", ";");
        return ends && end && BEFORE.contains(before);
    }

    /**
     * Whether a new value of an enumeration is used behind its making, which works only once that
     * is committed.
     */
    static boolean usesNewValue(List<Statement> statements) {
        for (int i = 0; i < statements.size(); i++) {
            var before = statements.subList(0, i);
            var after = statements.subList(i + 1, statements.size());
            if (NewValue.of(statements.get(i))
                    .filter(value -> before.stream().noneMatch(value::isOfTypeMadeBy))
                    .filter(value -> after.stream().anyMatch(value::isUsedBy))
                    .isPresent()) {
                return true;
            }
        }
        return false;
    }
}
