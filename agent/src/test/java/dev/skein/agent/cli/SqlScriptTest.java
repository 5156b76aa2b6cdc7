// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.testing.TestDatabase;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A script of {@code --sql} does to its session what a run does to its own. */
class SqlScriptTest {
    private static final String NOTHING_LEFT =
            """
            SELECT count(*) = 0 FROM pg_locks WHERE locktype = 'advisory' AND pid = pg_backend_pid()
                AND objid = 4711;
            SELECT current_setting('work_mem') <> '8MB';
            SELECT coalesce(current_setting('app.tenant', true), '') = '';
            SELECT count(*) = 0 FROM pg_prepared_statements WHERE name = 'kept';
            SELECT count(*) = 0 FROM pg_cursors WHERE name = 'held';
            SELECT count(*) = 0 FROM pg_listening_channels();
            SELECT count(*) = 0 FROM pg_class WHERE relname IN ('scratch', 'aside');
            SELECT current_setting('standard_conforming_strings') = 'on';
            SELECT current_setting('DateStyle') = 'ISO, MDY';
            """;

    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir Path folder;

    private final Terminal terminal = new Terminal();

    @BeforeEach
    void revisions() throws IOException {
        database.run(
                """
                CREATE FUNCTION leave() RETURNS void LANGUAGE plpgsql AS $$BEGIN
                    PERFORM pg_advisory_lock(4711), set_config('work_mem', '8MB', false),
                        set_config('app.tenant', 'x', false),
                        set_config('DateStyle', 'German', false);
                    EXECUTE 'PREPARE kept AS SELECT 1; LISTEN heard;'
                        'DECLARE held CURSOR WITH HOLD FOR SELECT 1;'
                        'CREATE TEMP TABLE scratch (id serial); CREATE TEMP VIEW aside AS SELECT 1';
                END$$\
                """);
        write("a", "", "CREATE TABLE a (id int)", "");
        write("b", "a", "SELECT leave()", "");
        write("c", "b", "CREATE TABLE c (id int)", NOTHING_LEFT);
    }

    private void write(String id, String revises, String up, String precheck) throws IOException {
        Files.writeString(
                folder.resolve(id + ".sql"),
                "--@ revision: %s\n--@ revises: %s\n--@ message: make %s\n%s\n--@ upgrade\n%s;\n"
                        .formatted(
                                id,
                                revises,
                                id,
                                precheck.isEmpty() ? "" : "\n--@ precheck\n" + precheck,
                                up));
    }

    private String sql(String... words) {
        var url = database.address().url().replace("@", ":test%20secret@");
        var all = new ArrayList<>(List.of(words));
        all.addAll(List.of("--url=" + url, "--revisions=" + folder));
        assertThat(terminal.skein(all.toArray(String[]::new))).as(terminal.stderr).isZero();
        return terminal.stdout.replace("\\set ON_ERROR_STOP on", "");
    }

    /** One statement after the other, in one session. */
    private void asPsql(String script) {
        try (var session = database.open()) {
            for (var statement : script.replaceAll("(?m)^--.*$", "").strip().split("\n;\n")) {
                session.script(statement, Duration.ofSeconds(20));
            }
        }
    }

    @Test
    void nothingOfARevisionsSessionReachesTheNext() {
        sql("stamp", "base");
        asPsql(sql("upgrade", "--sql"));
        assertThat(sql("current")).isEqualTo("c (head)");
        assertThat(sql("check")).contains("clean");
    }

    @Test
    void norWithoutAJournal() {
        asPsql(sql("upgrade", "--sql"));
        assertThat(database.value("SELECT to_regclass('c') IS NOT NULL")).isEqualTo("true");
    }

    /** Where nobody is told otherwise, psql takes a file to be as the database is. */
    @ParameterizedTest
    @ValueSource(strings = {"", "LATIN1"})
    void whateverEncodingPsqlAssumesTheTextIsWhole(String encoding) throws Exception {
        var program = TestServer.get().programs().bin().resolve("psql");
        assumeTrue(Files.isExecutable(program), "this server was packaged without it");
        var name = database.address().database() + "_latin1";
        database.run(
                "CREATE DATABASE %s ENCODING 'LATIN1' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
                        .formatted(name));
        database.adopt(name);
        database.use(name);
        write("a", "", "CREATE TABLE a AS SELECT 'café für Zoë' AS name", "");
        write("b", "a", "COMMENT ON TABLE a IS 'ça'", "");
        write("c", "b", "CREATE TABLE \"é\" (id int)", "");
        sql("stamp", "base");
        var file = Files.writeString(folder.resolve("run.txt"), script());
        var url = database.address().url().replace("@", ":test%20secret@");
        var builder = new ProcessBuilder(program.toString(), "-qX", "-f", file.toString(), url);
        builder.environment().remove("PGCLIENTENCODING");
        if (!encoding.isEmpty()) {
            builder.environment().put("PGCLIENTENCODING", encoding);
        }
        var psql = builder.redirectErrorStream(true).start();
        var said = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(psql.waitFor()).as(said).isZero();

        assertThat(database.value("SELECT name FROM a")).isEqualTo("café für Zoë");
        assertThat(database.value("SELECT to_regclass('\"é\"') IS NOT NULL")).isEqualTo("true");
        try (var session = database.open()) {
            assertThat(new Journal(session, "").after(0, 100))
                    .hasSizeGreaterThan(3)
                    .allMatch(Entry::isIntact);
        }
        assertThat(sql("check")).contains("clean");
    }

    /** With what psql is to do with errors. */
    private String script() {
        return "\\set ON_ERROR_STOP on\n" + sql("upgrade", "--sql");
    }

    @Test
    void whatLeavesNothingAddsNothing() throws IOException {
        write("b", "a", "CREATE TABLE b (id int)", "");
        assertThat(sql("upgrade", "--sql")).doesNotContain("skein_next");
    }

    @Test
    void whatMayCallAFunctionEndsWithItsRevision() throws IOException {
        for (var sql : List.of("ALTER TABLE a ADD n int", "CREATE INDEX ON a ((id + 1))")) {
            write("a", "", "CREATE TABLE a (id int)", "");
            write("b", "a", sql, "");
            assertThat(sql("upgrade", "--sql").split("skein_next\\(true\\)", -1))
                    .as(sql)
                    .hasSize(2);
        }
    }
}
