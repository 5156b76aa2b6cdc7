// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.rehearse.Beyond;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.script.Piece;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.SqlLexer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A desired schema as SQL: a file, or a folder of files, such as pg_dump writes them. The order of
 * the files is of no account: a statement that misses something waits for it.
 */
public final class SchemaFiles {
    /** Undefined table, object, function, column, schema. */
    private static final Set<String> MISSING = Set.of("42P01", "42704", "42883", "42703", "3F000");

    private final List<Path> paths;
    private final List<Waiting> more = new ArrayList<>();
    private final Duration bound;
    private @Nullable SkeinException firstRefusal;

    private record Waiting(String file, Piece.Statement statement) {
        /** What later statements of its file run under, whenever they run. */
        boolean isSetting() {
            return statement.starts("SET") || statement.sql().contains("set_config(");
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
        var left = statements();
        while (left.stream().anyMatch(one -> !one.isSetting())) {
            var again = round(database, left);
            var refusal = firstRefusal;
            if (refusal != null && again.size() == left.size()) {
                throw refusal;
            }
            left = again;
        }
    }

    /** Runs what waits; gives what still misses something, with the settings it needs. */
    private List<Waiting> round(ScratchDatabase database, List<Waiting> left) {
        var again = new ArrayList<Waiting>();
        var file = "";
        firstRefusal = null;
        try (var session = database.open()) {
            for (var one : left) {
                if (!one.file().equals(file)) {
                    file = one.file();
                    session.script(fresh(), bound); // no file's settings are another's
                }
                try {
                    run(database, session, one.statement().sql());
                    if (one.isSetting()) {
                        again.add(one);
                    }
                } catch (PgServerError e) {
                    var place = refused(one, e);
                    if (!MISSING.contains(e.sqlState())) {
                        throw place;
                    }
                    firstRefusal = firstRefusal == null ? place : firstRefusal;
                    again.add(one);
                }
            }
        }
        return again;
    }

    private String fresh() {
        return "RESET ALL; RESET ROLE; SET check_function_bodies = off; SET statement_timeout = "
                + bound.toMillis();
    }

    private void run(ScratchDatabase database, PgSession session, String sql) {
        var made = new HashSet<String>();
        while (true) {
            try {
                session.script(sql, bound.plusSeconds(5));
                return;
            } catch (PgServerError e) {
                if (!database.makeMissingRole(e.sqlState(), e.serverMessage(), made)) {
                    throw e;
                }
            }
        }
    }

    private static SkeinException refused(Waiting one, PgServerError e) {
        return new SkeinException(
                ErrorCode.FAILED,
                one.file() + ":" + one.statement().line(),
                e.serverMessage() + " (" + e.sqlState() + ")",
                remedy(e),
                e);
    }

    private static String remedy(PgServerError e) {
        var text = e.serverMessage();
        if (e.sqlState().equals("42501")) {
            return "Say --superuser if you trust these files with this machine";
        }
        return text.contains("extension \"") || text.contains("extension control file")
                ? "The scratch server lacks it: name a server that has it with SKEIN_POSTGRES_BIN"
                : "Correct the statement";
    }

    private List<Waiting> statements() {
        var all = new ArrayList<>(more);
        for (var file : paths.stream().flatMap(path -> files(path).stream()).toList()) {
            var text = RevisionFolder.read(file).replace("\r\n", "\n");
            cut(file.toString(), text, all);
        }
        return all;
    }

    private static void cut(String name, String sql, List<Waiting> all) {
        for (var piece : SqlLexer.cut(name, sql)) {
            if (piece instanceof Piece.Statement statement && !statement.sql().isBlank()) {
                Beyond.refuse(name, statement);
                all.add(new Waiting(name, statement));
            }
        }
    }

    private static List<Path> files(Path path) {
        if (!Files.exists(path)) {
            throw SkeinException.usage(
                    "Desired schema " + path, "there is no such file or folder", "Name another");
        }
        try (var found = Files.walk(path)) {
            var files =
                    found.filter(Files::isRegularFile)
                            .filter(f -> f.equals(path) || f.toString().endsWith(".sql"))
                            .sorted()
                            .toList();
            if (files.isEmpty()) {
                throw SkeinException.usage(
                        "Desired schema " + path, "it holds no .sql file", "Name another folder");
            }
            return files;
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Desired schema " + path,
                    "it cannot be read (" + e.getMessage() + ")",
                    "Check its permissions",
                    e);
        }
    }
}
