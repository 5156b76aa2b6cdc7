// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.script.ScriptPiece;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SchemaFilesTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final PgClient CLIENT = PgClient.create();
    private static final ScratchServer SERVER =
            ScratchServer.start(CLIENT, TestServer.get().programs());

    @TempDir Path folder = Path.of("unset");

    @AfterAll
    static void stop() {
        SERVER.close();
        CLIENT.close();
    }

    private Path file(String name, String sql) throws IOException {
        var file = folder.resolve(name);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        return Files.writeString(file, sql);
    }

    /** Loads the folder, and asks what came of it. */
    private String load(String question) {
        return load(folder, question);
    }

    private static String load(Path path, String question) {
        try (var database = SERVER.database()) {
            new SchemaFiles(List.of(path), BOUND).load(database);
            try (var session = database.open()) {
                return String.valueOf(
                        session.script(question, BOUND).iterator().next().getValue(0));
            }
        }
    }

    private ThrowingCallable loading() {
        return () -> load("SELECT 1");
    }

    /** Comments and values say nothing of a call, and blanks do not hide it. */
    @Test
    void aSettingIsToldByItsWords() {
        assertThat(isSetting("SELECT set_config/* it */ ('a.b', 'x', true)")).isTrue();
        assertThat(isSetting("SELECT 'set_config(' -- set_config(")).isFalse();
    }

    private static boolean isSetting(String sql) {
        var statement = new ScriptPiece.Statement(1, sql, "SELECT");
        return new SchemaFiles.Waiting("a.sql", statement).isSetting();
    }

    @Test
    void filesMayComeInAnyOrderAndErrorsNameTheLine() throws IOException {
        file("a.sql", "CREATE VIEW v AS SELECT id FROM t;\n");
        file("b.sql", "CREATE TABLE t (id int);\n");
        assertThat(load("SELECT to_regclass('v')")).isEqualTo("v");
        file("c.sql", "\n\nCREATE VIEW w AS SELECT no FROM t;\n");
        assertThatThrownBy(loading())
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("c.sql:3")
                .hasMessageContaining("column \"no\" does not exist");
    }

    @Test
    void whatNeedsALaterFilesKeyOrCastWaitsForIt() throws IOException {
        file("0.sql", "CREATE TABLE b (a int REFERENCES a (id));");
        file("1.sql", "CREATE VIEW g AS SELECT id, n FROM a GROUP BY id;");
        file("2.sql", "CREATE TABLE a (id int, n text);");
        file("3.sql", "ALTER TABLE a ADD PRIMARY KEY (id);");
        file("4.sql", "CREATE VIEW c AS SELECT id::mood FROM a;");
        file(
                "5.sql",
                "CREATE TYPE mood AS ENUM ('x'); CREATE CAST (int AS mood) WITH FUNCTION m(int);");
        file("6.sql", "CREATE FUNCTION m(int) RETURNS mood LANGUAGE sql AS $$SELECT 'x'::mood$$;");
        assertThat(load("SELECT count(*) FROM pg_class WHERE relname IN ('g', 'b', 'c')"))
                .isEqualTo("3");
    }

    @Test
    void whatIsWrongByItselfIsToldAndNotWhatWaitsForIt() throws IOException {
        file("1.sql", "CREATE VIEW v AS SELECT id FROM t;");
        file(
                "2.sql",
                "CREATE TABLE t (id int DEFAULT 1/0, x int GENERATED ALWAYS AS (now()) STORED);");
        assertThatThrownBy(loading()).hasMessageContaining("2.sql:1");
        file("2.sql", "CREATE TABLE t (id int;");
        assertThatThrownBy(loading())
                .hasMessageContaining("2.sql:1")
                .hasMessageContaining("syntax");
    }

    @Test
    void transactionsInFilesAreKept() throws IOException {
        file(
                "0.sql",
                "BEGIN; CREATE SCHEMA s; SET LOCAL search_path = s, public; CREATE VIEW w AS SELECT"
                        + " 1 AS one FROM later; COMMIT; CREATE TABLE p ();");
        file("1.sql", "START TRANSACTION; CREATE TABLE open (i int);");
        file("9.sql", "CREATE TABLE later (i int);");
        assertThat(
                        load(
                                "SELECT concat_ws(' ', to_regclass('s.w'), to_regclass('public.p'),"
                                        + " to_regclass('open'))"))
                .isEqualTo("s.w p open");
        file("2.sql", "BEGIN;\nCREATE TABLE x ();\nROLLBACK;");
        assertThatThrownBy(loading()).hasMessageContaining("2.sql:3: 'ROLLBACK' takes back");
    }

    @Test
    void linksAreFollowedAndAFileCountsOnce() throws IOException {
        file("real/a.sql", "CREATE TABLE t ();");
        var real = folder.resolve("real");
        var links = Files.createDirectory(folder.resolve("links"));
        Files.createSymbolicLink(links.resolve("inner"), real);
        Files.createSymbolicLink(links.resolve("b.sql"), real.resolve("a.sql"));
        var outer = Files.createSymbolicLink(folder.resolve("outer"), links);
        assertThat(load(outer, "SELECT to_regclass('t')")).isEqualTo("t");
        var lost = Files.createSymbolicLink(links.resolve("lost.sql"), folder.resolve("none"));
        assertThatThrownBy(() -> load(outer, "SELECT 1")).hasMessageContaining("lost.sql");
        Files.delete(lost);
        Files.createSymbolicLink(links.resolve("up"), folder);
        assertThatThrownBy(() -> load(links, "SELECT 1"))
                .isInstanceOf(SkeinException.class)
                .hasMessageContaining("where its links lead");
    }

    @Test
    void ownersNeedNotExist() throws IOException {
        file(
                "1.sql",
                "CREATE SCHEMA AUTHORIZATION \"Some One\"; CREATE TABLE t (i serial); ALTER TABLE t"
                        + " OWNER TO app; ALTER SEQUENCE public.t_i_seq OWNER TO app; ALTER SCHEMA"
                        + " public OWNER TO app; CREATE FUNCTION f(a int, b text) RETURNS int"
                        + " LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION f(int, text) OWNER TO app;"
                        + " ALTER DEFAULT PRIVILEGES FOR ROLE app GRANT SELECT ON TABLES TO reader;"
                        + " GRANT SELECT ON t TO reader; CREATE TABLE \"Some One\".u ();");
        assertThat(load("SELECT to_regclass('\"Some One\".u')")).isEqualTo("\"Some One\".u");
    }

    @Test
    void ownersNeedNotExistHoweverLongTheNameBeforeThemIs() throws IOException {
        file(
                "1.sql",
                """
                CREATE TABLE t (owner int, "a,b" int);
                CREATE FUNCTION f(a int, b text, c double precision) RETURNS int LANGUAGE sql
                    AS 'SELECT 1';
                ALTER FUNCTION public.f(a integer, b text, c double precision) OWNER TO app;
                ALTER TABLE IF EXISTS ONLY public.t /* to whom? */ OWNER -- here
                    TO "Some One";
                ALTER TEXT SEARCH CONFIGURATION public.words OWNER TO app;
                ALTER OPERATOR FAMILY public.of USING btree OWNER TO app;
                CREATE TABLE rename ();
                ALTER TABLE rename OWNER TO app;
                ALTER TABLE t RENAME owner TO holder;
                ALTER TABLE public.t RENAME COLUMN holder TO owner;
                ALTER TABLE t RENAME COLUMN owner TO keeper;
                """);
        assertThat(
                        load(
                                "SELECT attname FROM pg_attribute WHERE attrelid = 't'::regclass"
                                        + " AND attnum = 1"))
                .isEqualTo("keeper");
        file("2.sql", "ALTER TABLE t OWNER TO app, ADD x int;");
        assertThatThrownBy(loading()).hasMessageContaining("2.sql:1");
    }
}
