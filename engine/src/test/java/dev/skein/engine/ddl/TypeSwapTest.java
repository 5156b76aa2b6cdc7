// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.catalog.Catalog;
import dev.skein.engine.catalog.CatalogDifference;
import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.ddl.text.DdlStatement;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.testing.TestServer;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Values of a type that is made anew, in columns and inside of other types. */
class TypeSwapTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static PgClient client = PgClient.create();
    private static ScratchServer server =
            ScratchServer.startTrusted(client, TestServer.get().programs());

    @AfterAll
    static void stop() {
        server.close();
        client.close();
    }

    @Test
    void valuesStayWhatTheyAreWhateverTheOrderOfAttributes() {
        try (var database = server.database();
                var desired = server.database()) {
            database.run(
                    """
                    CREATE DOMAIN d AS int;
                    CREATE TYPE c AS (a int, b int, gone text, n d[]);
                    CREATE TABLE t (z c, y c[], r d[]);
                    INSERT INTO t VALUES (ROW(1, 2, 'x', '{3}'), ARRAY[ROW(4, 5, 'y', '{6,7}')::c], '{8}')
                    """,
                    BOUND);
            desired.run(
                    """
                    CREATE DOMAIN d AS int CHECK (VALUE > 0);
                    CREATE TYPE c AS (n d[], more text, b bigint, a int);
                    CREATE TABLE t (z c, y c[], r d[])
                    """,
                    BOUND);
            var statements = lead(database, desired);
            assertThat(statements.stream().map(DdlStatement::loss).filter(Objects::nonNull))
                    .containsExactly("every value of public.c.gone");
            assertThat(
                            one(
                                    database,
                                    "SELECT concat((z).a, (z).b, (z).n, (y[1]).a, (y[1]).b,"
                                            + " (y[1]).n, r) FROM t"))
                    .isEqualTo("12{3}45{6,7}{8}");
        }
    }

    @Test
    void rowsThatStandInColumnsStayWhatTheyAre() {
        try (var database = server.database();
                var desired = server.database()) {
            database.run(
                    """
                    CREATE TABLE a (x int, gone int, y text); CREATE TABLE b (z a, v a[]);
                    CREATE TABLE c (w b);
                    INSERT INTO b VALUES (ROW(1, 2, 'é "'), ARRAY[ROW(3, 4, NULL)::a, NULL]);
                    INSERT INTO c SELECT b FROM b
                    """,
                    BOUND);
            desired.run(
                    """
                    CREATE TABLE a (x bigint, y text, more int); CREATE TABLE b (z a, v a[]);
                    CREATE TABLE c (w b)
                    """,
                    BOUND);
            lead(database, desired);
            assertThat(one(database, "SELECT concat(to_json(z), to_json(v)) FROM b"))
                    .isEqualTo(
                            "{\"x\":1,\"y\":\"é \\\"\",\"more\":null}"
                                    + "[{\"x\":3,\"y\":null,\"more\":null},null]");
            assertThat(one(database, "SELECT (((w).v)[1]).x::text FROM c")).isEqualTo("3");
        }
    }

    @Test
    void whatANewTypeCannotHoldIsRefusedOrSaid() {
        try (var database = server.database();
                var desired = server.database()) {
            database.run(
                    """
                    CREATE DOMAIN d AS text; CREATE TYPE r AS RANGE (subtype = timestamp);
                    CREATE TYPE e AS ENUM ('a', 'b'); CREATE TYPE c AS (e e, d d);
                    CREATE TABLE t (d d[], r r[], c c); INSERT INTO t (c) VALUES (ROW('b', 'x'))
                    """,
                    BOUND);
            desired.run(
                    """
                    CREATE DOMAIN d AS varchar(3); CREATE TYPE r AS RANGE (subtype = date);
                    CREATE TYPE e AS ENUM ('a'); CREATE TYPE c AS (e e, d d);
                    CREATE TABLE t (d d[], r r[], c c)
                    """,
                    BOUND);
            var statements = Ddl.between(read(database), read(desired), true);
            assertThat(statements.stream().map(DdlStatement::loss).filter(Objects::nonNull))
                    .containsExactlyInAnyOrder(
                            "what the new public.d cannot hold",
                            "what the new public.r cannot hold",
                            "what the new public.d cannot hold");
            assertThatThrownBy(() -> lead(database, desired)).hasMessageContaining("(22P02)");
            database.run("UPDATE t SET c = ROW('a', 'x')", BOUND);
            lead(database, desired);
        }
    }

    @Test
    void aCommentOnACheckReadsNoValue() {
        try (var database = server.database();
                var desired = server.database()) {
            var both =
                    "CREATE DOMAIN d AS int CONSTRAINT c CHECK (VALUE > 0); CREATE TABLE t (r d[])";
            database.run(both, BOUND);
            desired.run(both + "; COMMENT ON CONSTRAINT c ON DOMAIN d IS 'why'", BOUND);
            assertThat(lead(database, desired))
                    .extracting(DdlStatement::sql)
                    .singleElement()
                    .asString()
                    .startsWith("COMMENT ON CONSTRAINT c");
        }
    }

    private static List<DdlStatement> lead(ScratchDatabase database, ScratchDatabase desired) {
        var to = read(desired);
        var statements = Ddl.between(read(database), to, true);
        database.run(
                String.join(";\n", statements.stream().map(DdlStatement::sql).toList()), BOUND);
        assertThat(CatalogDifference.between(read(database), to)).isEmpty();
        return statements;
    }

    private static String one(ScratchDatabase database, String sql) {
        try (var session = database.open()) {
            return session.query(sql).iterator().next().getString(0);
        }
    }

    private static Catalog read(ScratchDatabase database) {
        try (var session = database.open()) {
            return CatalogReader.readWithNeeds(session);
        }
    }
}
