// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert;

import dev.skein.engine.SkeinException;
import dev.skein.engine.revision.Revision;
import dev.skein.engine.script.Piece;
import dev.skein.engine.script.ScriptParser;
import dev.skein.engine.script.ScriptWriter;
import dev.skein.engine.script.SqlLexer;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The text of a revision that takes another tool's migration over: as it was written where that is
 * possible, else statement by statement, without the transaction that is Skein's to open.
 */
final class RevisionText {
    private static final List<String> TRANSACTION =
            List.of("BEGIN", "START TRANSACTION", "COMMIT", "END", "ROLLBACK");
    private static final Pattern META_COMMAND = Pattern.compile("(?m)^\\\\[a-z]+");
    private static final Pattern NOT_LOCAL = Pattern.compile("(?i)^SET\\s+(?!LOCAL|CONSTRAINTS)");

    private RevisionText() {}

    static String of(Revision revision, Foreign migration, Notes notes) {
        if (META_COMMAND.matcher(migration.up()).find()) {
            notes.add(migration.id() + ": it has a command of psql (\\…), which no server knows");
        }
        var asWritten = text(revision, migration, migration.up(), migration.down());
        try {
            ScriptParser.parse(migration.id(), asWritten);
            return asWritten;
        } catch (SkeinException e) {
            return text(
                    revision,
                    migration,
                    cleaned(migration, migration.up(), notes),
                    migration.down() == null ? null : cleaned(migration, migration.down(), notes));
        }
    }

    private static String text(
            Revision revision,
            Foreign migration,
            String up,
            @org.jspecify.annotations.Nullable String down) {
        var head = ScriptWriter.template(revision);
        var text = new StringBuilder(head.substring(0, head.indexOf("\n--@ upgrade")));
        if (!migration.transactional() || isLoose(up)) {
            text.append("--@ transaction: none\n");
        }
        text.append("\n--@ upgrade\n").append(up.strip()).append('\n');
        if (down != null) {
            text.append("\n--@ downgrade\n").append(down.strip()).append('\n');
        }
        return text.toString();
    }

    private static boolean isLoose(String sql) {
        return SqlLexer.cut("", sql).stream()
                .anyMatch(p ->
                        p instanceof Piece.Statement s
                                && (s.words().contains("INDEX CONCURRENTLY")
                                        || s.starts("VACUUM")));
    }

    private static String cleaned(Foreign migration, String sql, Notes notes) {
        var text = new StringBuilder();
        int inside = 0;
        for (var piece : SqlLexer.cut(migration.id(), sql)) {
            if (piece instanceof Piece.Statement s && TRANSACTION.stream().anyMatch(s::starts)) {
                inside += s.starts("COMMIT") && !text.isEmpty() ? 1 : 0;
            } else if (piece instanceof Piece.Statement s) {
                if (inside > 0) {
                    notes.add(
                            migration.id()
                                    + ": it committed in its middle; it is one transaction now");
                    inside = 0;
                }
                text.append(local(migration, s.sql(), notes)).append("\n;\n\n");
            }
        }
        return text.toString();
    }

    private static String local(Foreign migration, String sql, Notes notes) {
        var m = NOT_LOCAL.matcher(sql);
        if (!m.find()) {
            return sql;
        }
        notes.add(migration.id() + ": SET became SET LOCAL");
        return "SET LOCAL " + sql.substring(m.end()).replaceFirst("(?i)^SESSION\\s+", "");
    }
}
