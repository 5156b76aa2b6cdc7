// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.nontransactional;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.nontransactional.NonTransactionalForm.Finding;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.script.ScriptPiece.Statement;
import dev.skein.engine.script.SqlLexer;
import dev.skein.engine.testing.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NonTransactionalFormsTest {
    private static final Duration BOUND = Duration.ofMinutes(2);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private static NonTransactionalForm form(String sql) {
        return NonTransactionalForms.recognise((Statement) SqlLexer.cut("x", sql).getFirst());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "create unique index concurrently if not exists i on s.t (a) | CreateIndex",
                "CREATE INDEX CONCURRENTLY \"I i\" ON ONLY \"T\" USING gin (a) | CreateIndex",
                "CREATE INDEX /* x */ CONCURRENTLY i ON t (a) | CreateIndex",
                "CREATE INDEX CONCURRENTLY \"IX_a.b\" ON \"S s\".\"T\" (a) | CreateIndex",
                "CREATE INDEX CONCURRENTLY U&\"d\\0061ta\" ON t (a) | CreateIndex",
                "DROP INDEX/**/CONCURRENTLY \"IX\" | DropIndex",
                "REINDEX (CONCURRENTLY, VERBOSE) TABLE \"T\" | ReindexForm",
                "REINDEX (CONCURRENTLY false) TABLE t | Opaque",
                "ALTER TABLE \"s\" . \"P\" DETACH PARTITION/* x */\"C\" CONCURRENTLY |"
                        + " DetachForm",
                "ALTER TABLE p DETACH PARTITION c FINALIZE | Atomic",
                "COMMENT ON INDEX \"CONCURRENTLY\" IS 'CONCURRENTLY' | Atomic",
                "DROP INDEX CONCURRENTLY IF EXISTS s.i | DropIndex",
                "REINDEX INDEX CONCURRENTLY i | ReindexForm",
                "REINDEX (VERBOSE) TABLE CONCURRENTLY s.t | ReindexForm",
                "ALTER TABLE p DETACH PARTITION c CONCURRENTLY | DetachForm",
                "ALTER TYPE mood ADD VALUE IF NOT EXISTS 'so''so' AFTER 'ok' | AddValue",
                "VACUUM ANALYZE t | Repeatable",
                "CLUSTER | Repeatable",
                "REFRESH MATERIALIZED VIEW CONCURRENTLY m | Atomic",
                "ALTER TABLE t ADD COLUMN a int | Atomic",
                "CREATE INDEX i ON t (a) | Atomic",
                "ALTER SYSTEM SET work_mem = '1MB' | Opaque",
                "CALL p() | Opaque",
                "CREATE DATABASE x | Opaque",
            })
    void aStatementIsRecognisedByItsWords(String sql, String kind) {
        assertThat(form(sql).getClass().getSimpleName()).isEqualTo(kind);
    }

    private void check(PgSession session, String sql, Map<String, String> before, Finding finding) {
        assertThat(form(sql).observe(session, before)).isEqualTo(finding);
    }

    @Test
    void anIndexIsOursOnlyIfItWasNotThereBefore() {
        var sql = "CREATE INDEX CONCURRENTLY i ON t (a)";
        database.run("CREATE TABLE t (a int)");
        try (var session = database.open()) {
            var before = form(sql).before(session);
            check(session, sql, before, Finding.OPEN);
            database.run("CREATE INDEX i ON t (a)");
            check(session, sql, before, Finding.DONE);
            database.run("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'i'::regclass");
            check(session, sql, before, Finding.BROKEN);
            check(session, sql, form(sql).before(session), Finding.UNKNOWN);
            form(sql).cleanUp(session, form(sql).before(session));
            assertThat(database.value("SELECT to_regclass('i') IS NULL")).isEqualTo("false");
            form(sql).cleanUp(session, before);
            check(session, sql, before, Finding.OPEN);
        }
    }

    @Test
    void quotedNamesAreFoundHoweverTheyAreWritten() {
        database.run("CREATE SCHEMA \"S.s\"; CREATE TABLE \"S.s\".\"T\" (a int)");
        try (var session = database.open()) {
            for (var name :
                    new String[] {
                        "\"IX \"\"a\"", "U&\"\\0049X\"", "U&\"!0049Y\" UESCAPE '!'", "Plain"
                    }) {
                var create = "CREATE INDEX CONCURRENTLY /* b */ " + name + " ON \"S.s\".\"T\" (a)";
                var drop = "DROP INDEX CONCURRENTLY -- c\n\"S.s\"." + name;
                var before = form(create).before(session);
                check(session, create, before, Finding.OPEN);
                session.script(create, BOUND);
                check(session, create, before, Finding.DONE);
                var dropping = form(drop).before(session);
                check(session, drop, dropping, Finding.OPEN);
                var reindex = "REINDEX INDEX CONCURRENTLY \"S.s\"." + name;
                var rebuilding = form(reindex).before(session);
                session.script(reindex, BOUND);
                check(session, reindex, rebuilding, Finding.DONE);
                session.script(drop, BOUND);
                check(session, drop, dropping, Finding.DONE);
            }
        }
    }

    @Test
    void aReindexIsDoneWhenTheIndexHasAnotherNumber() {
        database.run("CREATE TABLE t (a int); CREATE INDEX i ON t (a); CREATE INDEX j ON t (a)");
        try (var session = database.open()) {
            for (var sql :
                    new String[] {
                        "REINDEX INDEX CONCURRENTLY i",
                        "REINDEX TABLE CONCURRENTLY t",
                        "REINDEX SCHEMA CONCURRENTLY public"
                    }) {
                var before = form(sql).before(session);
                check(session, sql, before, Finding.OPEN);
                session.script(sql, BOUND);
                check(session, sql, before, Finding.DONE);
            }
        }
    }

    @Test
    void whatAReindexLeftIsDroppedAndNothingElse() {
        var sql = "REINDEX INDEX CONCURRENTLY i";
        database.run(
                "CREATE TABLE t (a int); CREATE INDEX i ON t (a); CREATE INDEX old_ccnew ON t (a);"
                        + " UPDATE pg_index SET indisvalid = false WHERE indexrelid ="
                        + " 'old_ccnew'::regclass");
        try (var session = database.open()) {
            var before = form(sql).before(session);
            database.run(
                    "CREATE INDEX i_ccnew ON t (a); UPDATE pg_index SET indisvalid = false WHERE"
                            + " indexrelid = 'i_ccnew'::regclass");
            check(session, sql, before, Finding.BROKEN);
            form(sql).cleanUp(session, before);
            check(session, sql, before, Finding.OPEN);
            assertThat(database.value("SELECT to_regclass('i_ccnew') IS NULL")).isEqualTo("true");
            assertThat(database.value("SELECT to_regclass('old_ccnew') IS NULL"))
                    .isEqualTo("false");
        }
    }

    @Test
    void aPendingDetachmentIsFinished() {
        var sql = "ALTER TABLE p DETACH PARTITION c CONCURRENTLY";
        database.run(
                "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE c PARTITION OF p FOR"
                        + " VALUES IN (1)");
        try (var session = database.open();
                var reader = database.open()) {
            var before = form(sql).before(session);
            check(session, sql, before, Finding.OPEN);
            reader.script("BEGIN; SELECT * FROM p", BOUND);
            session.script("SET lock_timeout = 200", BOUND);
            var sent = session.send(sql);
            org.assertj.core.api.Assertions.assertThatThrownBy(() -> session.await(sent, BOUND))
                    .hasMessageContaining("55P03");
            reader.script("ROLLBACK", BOUND);
            check(session, sql, before, Finding.BROKEN);
            form(sql).cleanUp(session, before);
            check(session, sql, before, Finding.DONE);
            check(session, sql, Map.of(), Finding.OPEN);
        }
    }

    @Test
    void aDroppedIndexAndANewEnumValueAreSeen() {
        database.run(
                "CREATE TYPE mood AS ENUM ('ok'); CREATE TABLE t (a int); CREATE INDEX i ON t (a)");
        try (var session = database.open()) {
            var drop = "DROP INDEX CONCURRENTLY i";
            var before = form(drop).before(session);
            check(session, drop, before, Finding.OPEN);
            database.run("DROP INDEX i");
            check(session, drop, before, Finding.DONE);
            check(session, drop, Map.of(), Finding.OPEN);
            check(session, "ALTER TYPE mood ADD VALUE 'sad'", Map.of(), Finding.OPEN);
            check(session, "ALTER TYPE mood ADD VALUE 'ok'", Map.of(), Finding.DONE);
            check(session, "ALTER TYPE mood ADD VALUE 'ok'", Map.of("there", "yes"), Finding.OPEN);
        }
    }
}
