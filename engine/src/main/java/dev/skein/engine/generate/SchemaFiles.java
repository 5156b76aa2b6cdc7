// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import dev.skein.engine.SkeinException;
import dev.skein.engine.rehearse.ClusterWideStatements;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.ScriptError;
import dev.skein.engine.script.ScriptPiece;
import dev.skein.engine.script.SqlLexer;
import dev.skein.engine.script.SqlWords;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * A desired schema as SQL: a file, or a folder of files, such as pg_dump writes them. The order of
 * the files is of no account: a statement that is refused waits for what the others bring.
 */
public final class SchemaFiles {
    private static final List<String> TAKES_BACK =
            List.of("ROLLBACK", "ABORT", "SAVEPOINT", "RELEASE", "PREPARE TRANSACTION");

    private static final Pattern CALLING = Pattern.compile("(?i)set_config");

    private final List<Path> paths;
    private final List<Waiting> more = new ArrayList<>();
    private final Duration bound;

    /**
     * A statement of a file that has not been run yet.
     *
     * @param isSetting whether later statements of its file run under it, whenever they run; told
     *     once, however many rounds it waits
     */
    record Waiting(String file, ScriptPiece.Statement statement, boolean isSetting) {
        private static final List<String> FRAMES =
                List.of("BEGIN", "START TRANSACTION", "COMMIT", "END");

        Waiting(String file, ScriptPiece.Statement statement) {
            this(
                    file,
                    statement,
                    isFrame(statement) || statement.starts("SET") || setsByCall(statement));
        }

        private static boolean setsByCall(ScriptPiece.Statement statement) {
            if (!CALLING.matcher(statement.sql()).find()) {
                return false;
            }
            var words = SqlWords.of(statement.sql());
            return IntStream.range(0, words.size())
                    .anyMatch(i ->
                            SqlWords.plain(words, i).equals("set_config")
                                    && SqlWords.are(words, i + 1, "("));
        }

        /** Whether a transaction begins or ends here. */
        boolean isFrame() {
            return isFrame(statement);
        }

        private static boolean isFrame(ScriptPiece.Statement statement) {
            return FRAMES.stream().anyMatch(statement::starts);
        }
    }

    /**
     * @param paths files, and folders whose {@code .sql} files are taken, those in folders in them
     *     too
     * @param bound for each statement
     */
    public SchemaFiles(List<Path> paths, Duration bound) {
        this.paths = List.copyOf(paths);
        this.bound = bound;
    }

    /**
     * Adds statements that are in no file.
     *
     * @param name what errors call them
     */
    public void with(String name, String sql) {
        cut(name, sql, more);
    }

    /**
     * Makes what the files say.
     *
     * @throws SkeinException with file and line of the statement that the server refused
     */
    public void load(ScratchDatabase database) {
        new StatementRounds(database, bound).run(statements());
    }

    private List<Waiting> statements() {
        var all = new ArrayList<>(more);
        for (var file : SqlFolder.files(paths)) {
            var text = RevisionFolder.read(file).replace("\r\n", "\n");
            cut(file.toString(), text, all);
        }
        return all;
    }

    private static void cut(String name, String sql, List<Waiting> all) {
        for (var piece : SqlLexer.cut(name, sql)) {
            if (piece instanceof ScriptPiece.Statement statement && !statement.sql().isBlank()) {
                ClusterWideStatements.refuse(name, statement);
                refuseTakingBack(name, statement);
                if (!OwnerStatement.isAll(statement.sql())) {
                    all.add(new Waiting(name, statement));
                }
            }
        }
    }

    /** What a transaction takes back would be awaited in vain. */
    private static void refuseTakingBack(String name, ScriptPiece.Statement statement) {
        if (TAKES_BACK.stream().anyMatch(statement::starts)) {
            throw new ScriptError(
                    name,
                    statement.line(),
                    "'" + statement.words().split(" ", 2)[0] + "' takes back a part of the schema",
                    "A desired schema says what shall be there: remove what shall not");
        }
    }
}
