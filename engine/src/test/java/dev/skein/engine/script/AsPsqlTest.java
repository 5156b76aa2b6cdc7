// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.engine.script.text.SqlCharacters;
import dev.skein.engine.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What a script does, and where it is cut, is what psql does with the same file. */
class AsPsqlTest {
    private static final long SEED = Long.getLong("skein.test.seed", 20261128L);

    /** A tenth of them on another version of the server: most of it is the client's. */
    private static final int SCRIPTS = Integer.getInteger("skein.test.scripts", 5_000);

    private static final int AT_ONCE = 500;
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final String TABLE =
            "CREATE TABLE %s.seen (n bigserial, script int, v text, q text DEFAULT"
                    + " current_query())";

    @RegisterExtension final TestDatabase database = new TestDatabase();

    @TempDir Path folder;

    private boolean csv;

    @Test
    void scriptsAreCutAndDoAsWithPsql() throws Exception {
        assumeTrue(isThere("psql"), "there is no psql on this machine's path");
        database.run(
                "CREATE SCHEMA theirs; CREATE SCHEMA ours; "
                        + TABLE.formatted("theirs")
                        + ";"
                        + TABLE.formatted("ours"));
        try (var session = database.open()) {
            csv = session.major() < 18; // an older psql sends it the end of csv rows as a row
        }
        for (int from = 0; from < SCRIPTS; from += AT_ONCE) {
            psql(from);
        }
        ours();
        var theirs = seen("theirs");
        var ours = seen("ours");
        for (int i = 0; i < SCRIPTS; i++) {
            assertThat(ours.getOrDefault(i, List.of()))
                    .as("script %d of seed %d:\n%s", i, SEED, script(i))
                    .isNotEmpty()
                    .isEqualTo(theirs.get(i));
        }
    }

    private String script(int number) {
        return OddScripts.of(SEED, number, csv);
    }

    private static boolean isThere(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    private void psql(int from) throws IOException, InterruptedException {
        var address = database.address();
        var command = new ArrayList<>(List.of("psql", "-qXt", "-d", address.url()));
        for (int i = from; i < Math.min(SCRIPTS, from + AT_ONCE); i++) {
            var file = folder.resolve(i + ".sql");
            Files.writeString(file, script(i));
            command.addAll(List.of("-f", file.toString()));
        }
        var errors = folder.resolve("errors");
        var builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.redirectInput(Path.of("/dev/null").toFile());
        builder.redirectOutput(ProcessBuilder.Redirect.DISCARD);
        builder.environment()
                .put("PGOPTIONS", "-c search_path=theirs -c client_min_messages=error");
        builder.environment().put("PGCLIENTENCODING", "UTF8");
        builder.environment().put("PGPASSWORD", String.valueOf(address.password()));
        int code = builder.start().waitFor();
        assertThat(Files.readString(errors)).isEmpty();
        assertThat(code).isZero();
    }

    private void ours() {
        var settings = Map.of("search_path", "ours", "client_min_messages", "error");
        try (var session = database.client().open(database.address(), "ours", settings)) {
            for (int i = 0; i < SCRIPTS; i++) {
                var file = "--@ revision: r\n--@ upgrade\n" + script(i);
                for (var statement : ScriptParser.parse(i + ".sql", file).upgrade().statements()) {
                    session.script(statement.sql(), BOUND);
                }
            }
        }
    }

    /** What each script left: values, and the statements' texts without what stands around them. */
    private Map<Integer, List<String>> seen(String schema) {
        var seen = new HashMap<Integer, List<String>>();
        try (var session = database.open()) {
            session.script("SELECT script, v, q FROM " + schema + ".seen ORDER BY n", BOUND)
                    .forEach(row ->
                            seen.computeIfAbsent(row.getInteger(0), i -> new ArrayList<>())
                                    .add(
                                            lineEnds(row.getString(1))
                                                    + " ⟵ "
                                                    + bare(row.getString(2))));
        }
        return seen;
    }

    private static String lineEnds(@org.jspecify.annotations.Nullable String text) {
        return text == null ? "NULL" : text.replaceAll("\r+\n", "\n");
    }

    /** A client may send comments before a statement, empty lines and a semicolon, or not. */
    private static String bare(String text) {
        var sql = lineEnds(text);
        var reader = new TokenReader("", sql);
        var kind = reader.next();
        while (kind == TokenReader.Kind.SPACE || kind == TokenReader.Kind.COMMENT) {
            kind = reader.next();
        }
        var end = sql.length();
        while (end > 0
                && (SqlCharacters.isSpace(sql.charAt(end - 1)) || sql.charAt(end - 1) == ';')) {
            end--;
        }
        var core = sql.substring(reader.start(), Math.max(reader.start(), end));
        return core.replaceAll("\n+", "\n"); // psql leaves empty lines out
    }
}
