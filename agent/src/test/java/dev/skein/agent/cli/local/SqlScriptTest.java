// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

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
