// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.convert.script;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.agent.cli.convert.record.OwnTable;
import dev.skein.agent.cli.convert.source.ForeignSource;
import dev.skein.agent.cli.convert.source.ImportNotes;
import dev.skein.agent.cli.convert.source.TransactionMode;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("quick")
class ForeignScriptTest {
    private static final Path FILE = Path.of("a.sql");

    private final ImportNotes notes = new ImportNotes(Path.of("project"));

    private String taken(TransactionMode ran, String sql) {
        var script = ForeignScript.read(new ForeignSource(FILE, 1, sql), ran, OwnTable.none());
        var timeouts = new ScriptTimeouts();
        var text = script.text(script.needsNoTransaction(), timeouts, notes).strip();
        return timeouts.text() + text;
    }

    private void refused(TransactionMode ran, String sql, String where, String found) {
        assertThatThrownBy(() -> taken(ran, sql))
                .hasMessageContaining(where)
                .hasMessageContaining(found);
    }

    @Test
    void whatAScriptTakesBackIsLeftOut() {
        for (var ran : TransactionMode.values()) {
            assertThat(taken(ran, "BEGIN;\nCREATE TABLE a ();\nROLLBACK;")).isEmpty();
            assertThat(taken(ran, "BEGIN; SELECT 1; ABORT; BEGIN; SELECT 2; COMMIT;").strip())
                    .isEqualTo("SELECT 2;");
        }
        var points =
                "BEGIN; SELECT 1; SAVEPOINT a; SELECT 2; SAVEPOINT \"B\"; SELECT 3;\n"
                        + "ROLLBACK TO SAVEPOINT a; SELECT 4; RELEASE a; COMMIT AND CHAIN;"
                        + " SELECT 5; ROLLBACK AND CHAIN; SELECT 6; END;";
        assertThat(taken(TransactionMode.UNKNOWN, points).replaceAll("\\s+", " "))
                .isEqualTo("SELECT 1; SELECT 4; SELECT 6;");
        assertThat(taken(TransactionMode.UNKNOWN, "BEGIN;SELECT 1;ROLLBACK WORK /* TO x */;"))
                .isEmpty();
        assertThat(notes.lines()).anyMatch(line -> line.startsWith("a.sql:2: what has no effect"));
    }

    @Test
    void theToolDecidesWhatARollbackTakesBack() {
        var sql = "SELECT 1;\nBEGIN;\nSELECT 2;\nROLLBACK;\nSELECT 3;";
        assertThat(taken(TransactionMode.WRAPPED, sql)).isEqualTo("SELECT 3;");
        assertThat(taken(TransactionMode.BY_PSQL, sql)).isEqualTo("SELECT 1;\nSELECT 3;");
        refused(TransactionMode.UNKNOWN, sql, "a.sql:4", "depending on who ran");
    }

    @Test
    void whatHasNoOneMeaningIsRefusedWithItsLine() {
        refused(
                TransactionMode.BY_PSQL,
                "\nBEGIN;\nSELECT 1;",
                "a.sql:2",
                "never followed by COMMIT");
        refused(TransactionMode.WRAPPED, "BEGIN;\nROLLBACK TO x;", "a.sql:2", "no savepoint x");
        refused(
                TransactionMode.WRAPPED,
                "BEGIN;\nPREPARE TRANSACTION 'x';",
                "a.sql:2",
                "two phases");
        refused(TransactionMode.WRAPPED, "SELECT 1;\n--@ upgrade", "a.sql:2", "directive");
        refused(TransactionMode.WRAPPED, "SELECT 1;\nSELECT '", "a.sql:2", "never ends");
    }

    @Test
    void settingsHoldForTheRevisionAndNoLongerThanTheyDid() {
        assertThat(
                        taken(
                                TransactionMode.WRAPPED,
                                "SET search_path = a;\nSELECT 1;\nRESET search_path;"))
                .isEqualTo(
                        "SET LOCAL search_path = a;\nSELECT 1;\nSET LOCAL search_path TO DEFAULT;");
        assertThat(
                        taken(
                                TransactionMode.WRAPPED,
                                "SELECT pg_catalog.set_config('search_path', '', false);"))
                .isEqualTo("SELECT pg_catalog.set_config('search_path', '', true);");
        assertThat(taken(TransactionMode.WRAPPED, "SET SESSION AUTHORIZATION bob; RESET ALL;"))
                .isEqualTo(
                        "SET LOCAL SESSION AUTHORIZATION bob; SET LOCAL SESSION AUTHORIZATION"
                                + " DEFAULT;");
        var two =
                "BEGIN; SET LOCAL work_mem = '8MB'; SELECT 1; COMMIT;\n"
                        + "BEGIN; SET TRANSACTION ISOLATION LEVEL SERIALIZABLE; SELECT 2; COMMIT;";
        assertThat(taken(TransactionMode.UNKNOWN, two).replaceAll("\\s+", " "))
                .isEqualTo(
                        "SET LOCAL work_mem = '8MB'; SELECT 1; SET LOCAL work_mem TO DEFAULT;"
                                + " SELECT 2;");
        assertThat(notes.lines().stream().filter(line -> line.contains("SET LOCAL"))).hasSize(1);
    }

    @Test
    void commentsAndQuotesChangeNothingOfWhatAStatementSays() {
        var points =
                "BEGIN; SELECT 1; SAVEPOINT/**/a; SELECT 2; ROLLBACK /* all */ TO \"a\" -- so\n;"
                        + " RELEASE /* it */ A; SAVEPOINT prepared; SELECT 3; COMMIT;";
        assertThat(taken(TransactionMode.UNKNOWN, points).replaceAll("\\s+", " "))
                .isEqualTo("SELECT 1; SELECT 3;");
        assertThat(taken(TransactionMode.WRAPPED, "SET /* for all */ SESSION search_path = a;"))
                .isEqualTo("SET LOCAL search_path = a;");
        assertThat(taken(TransactionMode.WRAPPED, "SET/**/LOCAL work_mem = '8MB';"))
                .isEqualTo("SET/**/LOCAL work_mem = '8MB';");
        assertThat(
                        taken(
                                TransactionMode.WRAPPED,
                                "SET \"search_path\" = a;\nRESET/**/\"search_path\";"))
                .isEqualTo("SET LOCAL \"search_path\" = a;\nSET LOCAL search_path TO DEFAULT;");
        assertThat(taken(TransactionMode.WRAPPED, "SET \"TimeZone\" = 'UTC';\nRESET ALL;"))
                .isEqualTo("SET LOCAL \"TimeZone\" = 'UTC';\nSET LOCAL timezone TO DEFAULT;");
        assertThat(
                        taken(
                                TransactionMode.UNKNOWN,
                                "SET timezone = 'UTC'; BEGIN; SET LOCAL \"TimeZone\" = 'CET';"
                                        + " SELECT 1; COMMIT; SELECT 2;"))
                .as("what held before holds again")
                .contains("SET LOCAL timezone = 'UTC'; SELECT 2;");
        assertThat(
                        taken(
                                TransactionMode.WRAPPED,
                                "SELECT \"set_config\"('search_path', '', false);"))
                .isEqualTo("SELECT \"set_config\"('search_path', '', true);");
        assertThat(
                        taken(
                                TransactionMode.WRAPPED,
                                "SELECT pg_catalog.set_config(E'search_path', /* false */ '',"
                                        + " false);"))
                .isEqualTo("SELECT pg_catalog.set_config(E'search_path', /* false */ '', true);");
    }

    @Test
    void whatRefusesATransactionHasNone() {
        for (var sql :
                new String[] {
                    "REINDEX (VERBOSE) DATABASE x",
                    "REINDEX INDEX CONCURRENTLY i",
                    "ALTER TABLE \"A b\".m DETACH PARTITION m1 CONCURRENTLY",
                    "VACUUM a",
                    "ALTER SYSTEM SET work_mem = '8MB'",
                    "CREATE DATABASE x",
                    "DROP INDEX CONCURRENTLY IF EXISTS i",
                    "DO $$ BEGIN PERFORM 1; COMMIT; END $$",
                    "DROP/**/INDEX/**/CONCURRENTLY i",
                    "ALTER TABLE m DETACH PARTITION m1 CONCURRENTLY -- while it is read",
                    "ALTER TABLE m DETACH/**/PARTITION m1 /* with no lock */ CONCURRENTLY",
                    "CREATE UNIQUE INDEX /* a b c d e f g */ CONCURRENTLY i ON t (x)",
                    "REINDEX/**/(VERBOSE)/**/SYSTEM x",
                    "CLUSTER /* all */",
                    "CLUSTER (VERBOSE)",
                    "ALTER DATABASE \"The Big One\" SET/**/TABLESPACE t",
                    "DO 'BEGIN DELETE FROM t; COMMIT; END'",
                    "DO $$ BEGIN DELETE FROM t; ROLLBACK/**/AND -- on\n CHAIN; END $$",
                    "DO $$ BEGIN IF true THEN COMMIT ; END IF; END $$",
                    "ALTER TYPE mood ADD VALUE 'sad'; INSERT INTO t VALUES ('sad')",
                    "ALTER TYPE \"My Mood\" ADD VALUE 'sad'; INSERT INTO t VALUES ('sad')",
                    "ALTER TYPE \"A b\".\"My Mood\" ADD VALUE IF NOT EXISTS 'sad' AFTER 'ok';"
                            + " UPDATE t SET m = E'sad'",
                    "ALTER TYPE mood ADD/**/VALUE 'it''s'; DO $$ BEGIN UPDATE t SET m = 'it''s';"
                            + " END $$",
                    "CREATE TYPE moody AS ENUM ('a'); ALTER TYPE mood ADD VALUE 'sad'; SELECT"
                            + " 'sad'::mood"
                }) {
            assertThat(
                            ForeignScript.read(
                                    new ForeignSource(FILE, 1, sql),
                                    TransactionMode.BY_PSQL,
                                    OwnTable.none()))
                    .as(sql)
                    .matches(ForeignScript::needsNoTransaction);
        }
        for (var sql :
                new String[] {
                    "REFRESH MATERIALIZED VIEW CONCURRENTLY v",
                    "REINDEX TABLE a",
                    "ALTER TABLE m DETACH PARTITION m1",
                    "ALTER TYPE mood ADD VALUE 'sad'",
                    "CLUSTER a USING i",
                    "ALTER TABLE m DETACH PARTITION m1 /* not CONCURRENTLY */",
                    "ALTER TABLE m DETACH PARTITION \"CONCURRENTLY\"",
                    "CREATE INDEX \"not CONCURRENTLY\" ON t (x)",
                    "CREATE INDEX i ON t (x) WHERE y = ' CONCURRENTLY '",
                    "DO $$ BEGIN RAISE NOTICE 'COMMIT;'; END $$",
                    "DO $$ BEGIN PERFORM 1; -- then COMMIT;\n END $$",
                    "DO $$ DECLARE commit int; BEGIN SELECT 1 INTO commit; END $$",
                    "CREATE TYPE \"My Mood\" AS ENUM (); ALTER TYPE \"My Mood\" ADD VALUE 'sad';"
                            + " SELECT 'sad'",
                    "CREATE TYPE a.mood AS ENUM (); ALTER TYPE mood ADD VALUE 'sad'; SELECT 'sad'",
                    "ALTER TYPE mood ADD VALUE 'sad'; SELECT 1 /* 'sad' */",
                    "ALTER TYPE mood ADD VALUE 'sad'; COMMENT ON TYPE mood IS 'from ''sad'' on'",
                    "DO $$ BEGIN PERFORM 1; END $$"
                }) {
            assertThat(
                            ForeignScript.read(
                                    new ForeignSource(FILE, 1, sql),
                                    TransactionMode.BY_PSQL,
                                    OwnTable.none()))
                    .as(sql)
                    .matches(s -> !s.needsNoTransaction());
        }
    }

    @Test
    void aSettingThatWouldNotHoldWithoutATransactionIsRefused() {
        var index = "CREATE INDEX CONCURRENTLY i ON t (x);";
        refused(
                TransactionMode.WRAPPED,
                "SET lock_timeout = '5s';\nSET search_path = app;\n" + index,
                "a.sql:2",
                "would not hold");
        assertThat(
                        taken(
                                TransactionMode.WRAPPED,
                                "SET statement_timeout = 0;\n" + index + "\nRESET search_path;"))
                .isEqualTo("--@ statement-timeout: 0ms\n" + index);
    }

    @Test
    void linesOfPsqlMeanNothingOrAreRefused() {
        assertThat(
                        taken(
                                TransactionMode.UNKNOWN,
                                "\\restrict Key1\n\nSELECT 1;\n\n\\unrestrict Key1\n"))
                .isEqualTo("SELECT 1;");
        for (var line :
                new String[] {
                    "\\i other.sql",
                    "\\ir its.sql",
                    "\\copy t from 'x'",
                    "\\set v 1",
                    "\\connect x",
                    "\\if 1"
                }) {
            refused(TransactionMode.BY_PSQL, "SELECT 1;\n" + line + "\nSELECT 2;", "a.sql:2", "\\");
        }
    }

    @Test
    void commentsStayAndAreNoDirectives() {
        assertThat(
                        taken(
                                TransactionMode.WRAPPED,
                                "-- Upgrade\nBEGIN; -- it's\nSELECT 1; -- one\nCOMMIT;"))
                .isEqualTo("-- note: Upgrade\n -- it's\nSELECT 1; -- one");
    }
}
