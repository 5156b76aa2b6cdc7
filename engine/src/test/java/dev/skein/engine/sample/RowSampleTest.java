// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.scratch.ScratchDatabase;
import dev.skein.engine.scratch.ScratchServer;
import dev.skein.engine.testing.TestDatabase;
import dev.skein.engine.testing.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class RowSampleTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final String SCHEMA =
            """
            CREATE TYPE mood AS ENUM ('good', 'so so');
            CREATE TABLE boss (id int PRIMARY KEY, of int REFERENCES boss);
            CREATE TABLE shop (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, boss int REFERENCES boss,
                "Odd ""name" text, m mood, a int[], j json, b bytea, f float8, n numeric, t timestamptz,
                twice int GENERATED ALWAYS AS (boss * 2) STORED);
            CREATE TABLE part (id int, at date, PRIMARY KEY (id, at)) PARTITION BY RANGE (at);
            CREATE TABLE part_1 PARTITION OF part FOR VALUES FROM ('2026-01-01') TO ('2027-01-01');
            CREATE TABLE sale (part int, at date, FOREIGN KEY (part, at) REFERENCES part);
            CREATE TABLE log (line text);
            CREATE FUNCTION noted() RETURNS trigger LANGUAGE plpgsql
                AS 'BEGIN INSERT INTO public.log VALUES (''a trigger''); RETURN NULL; END';
            CREATE TRIGGER noted AFTER INSERT ON shop FOR EACH ROW EXECUTE FUNCTION noted();
            """;
    private static final String ROWS =
            """
            INSERT INTO boss SELECT i, nullif(i - 1, 0) FROM generate_series(1, 40) i;
            INSERT INTO shop (boss, "Odd ""name", m, a, j, b, f, n, t)
                SELECT 41 - i, E'x,"{}\\\\ \\n' || i, 'so so', '{1,NULL}', 'null', '\\x00ff', 0.1 + i, 1e-30, now()
                FROM generate_series(1, 40) i;
            INSERT INTO part SELECT i, '2026-05-05' FROM generate_series(1, 40) i;
            INSERT INTO sale SELECT 40, '2026-05-05' FROM generate_series(1, 40) i;
            TRUNCATE log;
            """;

    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir Path folder;

    private void with(Consumer<ScratchDatabase> use) {
        try (var server = ScratchServer.start(database.client(), TestServer.get().programs());
                var scratch = server.database()) {
            use.accept(scratch);
        }
    }

    private static String value(ScratchDatabase scratch, String sql) {
        try (var session = scratch.open()) {
            return String.valueOf(session.script(sql, BOUND).iterator().next().getValue(0));
        }
    }

    @Test
    void rowsComeWithWhatTheyReferToAndNothingFires() {
        database.run(SCHEMA + ROWS);
        with(scratch -> {
            scratch.run(SCHEMA, BOUND);
            try (var session = database.open()) {
                assertThat(RowSample.take(session, scratch, 5)).isBetween(15L, 120L);
            }
            assertThat(value(scratch, "SELECT count(*) FROM shop")).isEqualTo("5");
            assertThat(value(scratch, "SELECT count(*) FROM log")).isEqualTo("0");
            assertThat(value(scratch, "SELECT min(twice) FROM shop")).isEqualTo("72");
            assertThat(value(scratch, "SELECT count(*) FROM boss")).isEqualTo("40");
            assertThat(value(scratch, "SELECT count(*) FROM part WHERE id = 40")).isEqualTo("1");
            var rows = "SELECT md5(string_agg(s::text, '' ORDER BY id)) FROM shop s WHERE id < 6";
            assertThat(value(scratch, rows)).isEqualTo(database.value(rows));
            scratch.run("INSERT INTO shop (boss) VALUES (1)", BOUND);
            assertThat(value(scratch, "SELECT max(id) FROM shop")).isEqualTo("41");
            assertThat(value(scratch, "SELECT count(*) FROM log")).isEqualTo("1");
        });
    }

    @Test
    void valuesComeAsTheyAreHoweverTheDatabasePrintsThem() {
        var schema =
                "CREATE TABLE v (i interval, f float8, r real, b bytea, d date, t timestamptz, m"
                        + " money, a text)";
        database.run(
                schema
                        + "; INSERT INTO v VALUES ('-1 day -2 hours', 0.1::float8 + 0.2, 0.3,"
                        + " '\\x00ff', '2020-02-03', '2020-02-03 04:05+00',"
                        + " '-1234.5'::numeric::money, 'a\\b')");
        var name = SqlLiterals.name(database.address().database());
        for (var setting :
                List.of(
                        "IntervalStyle = 'sql_standard'",
                        "DateStyle = 'SQL, DMY'",
                        "TimeZone = 'Asia/Tokyo'",
                        "bytea_output = 'escape'",
                        "extra_float_digits = -15",
                        "standard_conforming_strings = off",
                        "quote_all_identifiers = on")) {
            database.run("ALTER DATABASE " + name + " SET " + setting);
        }
        with(scratch -> {
            scratch.run(schema, BOUND);
            try (var session = database.open();
                    var filled = scratch.open()) {
                assertThat(RowSample.take(session, scratch, 5)).isEqualTo(1);
                assertThat(RowDigest.of(filled).changed(RowDigest.of(session))).isEmpty();
            }
            assertThat(
                            value(
                                    scratch,
                                    "SELECT i = '-1 day -2 hours' AND f = 0.1::float8 + 0.2 AND b ="
                                            + " '\\x00ff' AND d = '2020-02-03' AND t = '2020-02-03"
                                            + " 04:05+00' AND m::numeric = -1234.5 FROM v"))
                    .isEqualTo("true");
        });
    }

    @Test
    void rowsThatPoliciesHideAreSampledAndSeen() {
        var schema =
                "CREATE TABLE t (id int); ALTER TABLE t ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL"
                        + " SECURITY; CREATE POLICY p ON t USING (id = 1)";
        database.run(schema + "; INSERT INTO t VALUES (1), (2)");
        with(scratch -> {
            scratch.run(schema, BOUND);
            try (var session = database.open()) {
                assertThat(RowSample.take(session, scratch, 5)).isEqualTo(2);
            }
            try (var session = scratch.open()) {
                assertThat(RowDigest.of(session).rows("public.t")).isEqualTo(2);
            }
        });
    }

    @Test
    void aTableThatIsNotAsExpectedIsNamed() {
        database.run("CREATE TABLE boss (id int); INSERT INTO boss VALUES (1)");
        with(scratch -> {
            scratch.run(SCHEMA, BOUND);
            try (var session = database.open()) {
                assertThatThrownBy(() -> RowSample.take(session, scratch, 5))
                        .isInstanceOf(SkeinException.class)
                        .hasMessageContaining("public.boss")
                        .hasMessageContaining("column \"of\" does not exist");
            }
        });
    }

    @Test
    void aBackupIsRestoredOrWhatIsWrongIsSaid() throws Exception {
        database.run(SCHEMA + ROWS);
        var programs = TestServer.get().programs();
        var dump = programs.bin().resolve("pg_dump");
        org.junit.jupiter.api.Assumptions.assumeTrue(
                Files.isExecutable(dump), "this server was packaged without pg_dump");
        var file = folder.resolve("backup");
        var builder =
                new ProcessBuilder(
                        dump.toString(), "-Fc", "-f" + file, "-d" + database.address().url());
        builder.environment().put("PGPASSWORD", database.address().password());
        assertThat(builder.inheritIO().start().waitFor()).isZero();
        with(scratch -> {
            RestoredArchive.restore(file, scratch);
            assertThat(value(scratch, "SELECT count(*) FROM sale")).isEqualTo("40");
        });
        Files.writeString(file, "no archive");
        with(scratch ->
                assertThatThrownBy(() -> RestoredArchive.restore(file, scratch))
                        .hasMessageContaining("does not appear to be a valid archive"));
    }
}
