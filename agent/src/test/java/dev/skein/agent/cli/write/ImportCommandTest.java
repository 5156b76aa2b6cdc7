// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.write;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.agent.cli.Terminal;
import dev.skein.engine.script.RevisionFolder;
import dev.skein.engine.script.Scripts;
import dev.skein.engine.testing.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class ImportCommandTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir Path folder;

    private final Terminal terminal = new Terminal();

    private void file(String name, String text) throws IOException {
        var file = folder.resolve("old").resolve(name);
        Files.createDirectories(java.util.Objects.requireNonNull(file.getParent()));
        Files.writeString(file, text);
    }

    private int take(String tool, String... options) {
        return terminal.skein(
                Stream.concat(
                                Stream.of(
                                        "import",
                                        tool,
                                        folder.resolve("old").toString(),
                                        "--revisions=" + revisions()),
                                Stream.of(options))
                        .toArray(String[]::new));
    }

    private Path revisions() {
        return folder.resolve("new");
    }

    private Scripts imported() {
        return new RevisionFolder(revisions()).load();
    }

    private int onDatabase(String... words) {
        var address = database.address();
        var url = address.url().replace("@", ":test%20secret@");
        return terminal.skein(
                Stream.concat(
                                Stream.of(words),
                                Stream.of("--revisions=" + revisions(), "--url=" + url))
                        .toArray(String[]::new));
    }

    @Test
    void flywayWithItsHistory() throws IOException {
        file("V1__create_users.sql", "CREATE TABLE users (id int);\n-- Upgrade\n");
        file("V1_2__add mail.sql", "BEGIN;\nALTER TABLE users ADD mail text;\nCOMMIT;");
        file("V1_10__index.sql", "CREATE INDEX CONCURRENTLY i ON users (id);");
        file("U1_2__add mail.sql", "ALTER TABLE users DROP mail;");
        file("R__view.sql", "CREATE VIEW v AS SELECT id FROM users;");
        file("V2__code.java", "class X {}");
        assertThat(take("flyway")).isEqualTo(2);
        assertThat(terminal.stderr).contains("V2__code.java").contains("--stubs");
        assertThat(revisions()).doesNotExist();
        Files.delete(folder.resolve("old/V2__code.java"));
        assertThat(take("flyway")).isZero();
        assertThat(terminal.stderr).contains("R__view.sql: runs once");
        var scripts = imported();
        assertThat(scripts.graph().inOrder())
                .extracting(r -> r.id() + " " + r.message())
                .containsExactly("1 create users", "1.2 add mail", "1.10 index", "R_view view");
        assertThat(scripts.get("1.10").transactional()).isFalse();
        assertThat(scripts.get("1.2").upgrade().statements()).hasSize(1);
        assertThat(scripts.get("1.2").downgrade().statements()).hasSize(1);
        database.run(
                "CREATE TABLE users (id int); CREATE TABLE flyway_schema_history (installed_rank"
                    + " int, version varchar, description varchar, type varchar, success boolean);"
                    + " INSERT INTO flyway_schema_history VALUES (1, '1', 'create users', 'SQL',"
                    + " true), (2, '1.2', 'add mail', 'SQL', false)");
        assertThat(onDatabase("adopt")).isEqualTo(1);
        assertThat(terminal.stderr).contains("calls version 1.2 dirty");
        database.run("DELETE FROM flyway_schema_history WHERE NOT success");
        assertThat(onDatabase("adopt")).isZero();
        assertThat(terminal.stderr).contains("(flyway_schema_history) at 1");
        assertThat(onDatabase("upgrade")).isZero();
        assertThat(onDatabase("check")).isZero();
        assertThat(onDatabase("adopt")).isEqualTo(2);
        assertThat(take("flyway")).isEqualTo(2);
        assertThat(terminal.stderr).contains("there are revisions in it already");
    }

    @Test
    void dieselWithItsHistory() throws IOException {
        file("migrations/2024-01-31-120000_create_users/up.sql", "CREATE TABLE users (id int);");
        file("migrations/2024-01-31-120000_create_users/down.sql", "DROP TABLE users;");
        file("migrations/2024-02-01-000000_more/up.sql", "CREATE TABLE more ();");
        file("migrations/2024-02-01-000000_more/down.sql", "DROP TABLE more;");
        assertThat(take("diesel")).isZero();
        assertThat(imported().graph().inOrder())
                .extracting(r -> r.id() + " " + r.message())
                .containsExactly("20240131120000 create users", "20240201000000 more");
        database.run(
                "CREATE TABLE users (id int); CREATE TABLE __diesel_schema_migrations (version"
                    + " varchar, run_on timestamp); INSERT INTO __diesel_schema_migrations VALUES"
                    + " ('20240131120000', now())");
        assertThat(onDatabase("adopt")).isZero();
        assertThat(onDatabase("upgrade")).isZero();
        assertThat(onDatabase("downgrade", "base")).isZero();
        assertThat(database.value("SELECT to_regclass('users') IS NULL")).isEqualTo("true");
    }

    @Test
    void sqitchWithReworkedChanges() throws IOException {
        file(
                "sqitch.plan",
                "%syntax-version=1.0.0\n%project=shop\n\nusers 2024-01-01T00:00:00Z A <a@b.c> #"
                        + " make users\nadd-fn [users] 2024-01-02T00:00:00Z A <a@b.c> # fn\n@v1"
                        + " 2024-01-03T00:00:00Z A <a@b.c> # tag\n\nadd-fn [add-fn@v1]"
                        + " 2024-01-04T00:00:00Z A <a@b.c> # better fn\n");
        file("deploy/users.sql", "BEGIN;\nCREATE TABLE users (id int);\nCOMMIT;\n");
        file("revert/users.sql", "BEGIN;\nDROP TABLE users;\nCOMMIT;\n");
        file("deploy/add-fn@v1.sql", "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';");
        file("revert/add-fn@v1.sql", "DROP FUNCTION f();");
        file(
                "deploy/add-fn.sql",
                "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 2';");
        file(
                "revert/add-fn.sql",
                "CREATE OR REPLACE FUNCTION f() RETURNS int LANGUAGE sql AS 'SELECT 1';");
        assertThat(take("sqitch")).isZero();
        assertThat(imported().graph().inOrder())
                .extracting(r -> r.id() + " " + r.message())
                .containsExactly("users make users", "add_fn fn", "add_fn_2 better fn");
        database.run(
                "CREATE TABLE users (id int); CREATE SCHEMA sqitch; CREATE TABLE sqitch.changes"
                    + " (change text, project text, committed_at timestamptz); INSERT INTO"
                    + " sqitch.changes VALUES ('users', 'shop', now()), ('add-fn', 'other', now()),"
                    + " ('widgets', 'other', now())");
        assertThat(onDatabase("adopt")).isZero();
        assertThat(onDatabase("upgrade")).isZero();
        assertThat(database.value("SELECT f()")).isEqualTo("2");
        assertThat(onDatabase("downgrade", "-1")).isZero();
        assertThat(database.value("SELECT f()")).isEqualTo("1");
    }

    @Test
    void foldersOfPairsAndOfMarkedFiles() throws IOException {
        file("9_first.up.sql", "CREATE TABLE a (id int);");
        file("9_first.down.sql", "DROP TABLE a;");
        file(
                "10_second.sql",
                "-- migrate:up transaction:false\nCREATE INDEX CONCURRENTLY i ON a (id);\n"
                        + "-- migrate:down\nDROP INDEX CONCURRENTLY i;\n");
        file(
                "11_third.sql",
                "-- +goose Up\n-- +goose StatementBegin\nCREATE TABLE c ();\n-- +goose"
                        + " StatementEnd\n-- +goose Down\nDROP TABLE c;\n");
        assertThat(take("folder")).isZero();
        assertThat(imported().graph().inOrder())
                .extracting(r -> r.id() + " " + r.message())
                .containsExactly("9 first", "10 second", "11 third");
        assertThat(onDatabase("upgrade")).isZero();
        assertThat(onDatabase("downgrade", "base")).isZero();
    }

    @Test
    void alembicWithBranchesLabelsAndItsHistory() throws IOException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(p -> Files.isExecutable(Path.of(p, "alembic"))),
                "alembic is not installed on this machine");
        file("alembic.ini", "[alembic]\nscript_location = %(here)s/scripts\n");
        file("scripts/env.py", "raise Exception('a database would be needed')\n");
        alembic("a1", "None", "None", "op.create_table('t', sa.Column('id', sa.Integer))", "t");
        alembic("b1", "'a1'", "('left',)", "op.add_column('t', sa.Column('x', sa.Text))", "t");
        alembic("c1", "'a1'", "None", "op.execute(\"INSERT INTO t VALUES (4 % 3)\")", "t");
        alembic("d1", "('b1', 'c1')", "None", "pass", "t");
        assertThat(take("alembic")).isZero();
        var graph = imported().graph();
        assertThat(graph.get("d1").revises()).containsExactlyInAnyOrder("b1", "c1");
        assertThat(graph.labelled("left")).contains("b1");
        assertThat(graph.get("a1").created()).isEqualTo("2024-05-06T05:08:09Z");
        assertThat(graph.get("a1").message()).isEqualTo("message of a1");
        assertThat(imported().get("c1").upgrade().sql()).contains("(4 % 3)");
        database.run(
                "CREATE TABLE t (id int); ALTER TABLE t ADD x text; CREATE TABLE alembic_version"
                        + " (version_num varchar); INSERT INTO alembic_version VALUES ('b1')");
        assertThat(onDatabase("adopt")).isZero();
        assertThat(onDatabase("upgrade")).isZero();
        assertThat(onDatabase("current")).isZero();
        assertThat(terminal.stdout).isEqualTo("d1 (head)");
    }

    @Test
    void alembicsMigrationsThatReadRowsAreNamedAtOnceAndBecomeStubs() throws IOException {
        assumeTrue(
                Stream.of(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(p -> Files.isExecutable(Path.of(p, "alembic"))),
                "alembic is not installed on this machine");
        file("alembic.ini", "[alembic]\nscript_location = %(here)s/scripts\n");
        file("scripts/env.py", "");
        var reads = "op.get_bind().execute(sa.text('SELECT 1')).fetchall()";
        alembic("a1", "None", "None", "sa.Enum('x', name='e').create(op.get_bind())", "t");
        alembic("b1", "'a1'", "None", reads, "t");
        alembic("c1", "'b1'", "None", "op.execute('SET work_mem = 1')", "t");
        alembic("d1", "'c1'", "None", reads, "t");
        assertThat(take("alembic")).isEqualTo(2);
        assertThat(terminal.stderr).contains("b1.py").contains("d1.py").contains("it reads rows");
        assertThat(take("alembic", "--stubs")).isZero();
        assertThat(terminal.stderr).contains("To be written, and failing until then: b1, d1");
        assertThat(imported().get("a1").upgrade().sql()).contains("CREATE TYPE e AS ENUM");
        assertThat(onDatabase("upgrade")).isEqualTo(1);
        assertThat(terminal.stderr).contains("revision b1 is not written yet");
        assertThat(onDatabase("current")).isZero();
        assertThat(terminal.stdout).startsWith("a1");
    }

    @Test
    void whatAScriptTakesBackDoesNotStandAndAnEmptyWayBackIsNone() throws IOException {
        file("0001_a.up.sql", "\\restrict k\nCREATE TABLE a (i int);\n\\unrestrict k\n");
        file("0001_a.down.sql", "-- nothing\n");
        file("0002_try.sql", "BEGIN; CREATE TABLE danger (i int); ROLLBACK;");
        file("0003_role.sql", "SET ROLE pg_monitor; SELECT 1;");
        assertThat(take("folder")).isZero();
        assertThat(terminal.stderr).contains("0001_a.down.sql: its way back is empty");
        assertThat(onDatabase("upgrade")).isZero();
        assertThat(database.value("SELECT to_regclass('danger') IS NULL")).isEqualTo("true");
        assertThat(onDatabase("downgrade", "base")).isNotZero();
        assertThat(database.value("SELECT to_regclass('a') IS NULL")).isEqualTo("false");
    }

    @Test
    void ofSeveralRecordsTheOneThatFitsCounts() throws IOException {
        file("1_a.up.sql", "CREATE TABLE a ();");
        file("2_b.up.sql", "CREATE TABLE b ();");
        assertThat(take("folder")).isZero();
        database.run(
                "CREATE TABLE schema_migrations (version bigint, dirty boolean); INSERT INTO"
                        + " schema_migrations VALUES (1, false); CREATE TABLE alembic_version"
                        + " (version_num varchar); INSERT INTO alembic_version VALUES ('af')");
        assertThat(onDatabase("adopt")).isZero();
        assertThat(terminal.stderr).contains("(schema_migrations) at 1");
    }

    @Test
    void flywaysBaselinesUndosAndRepeatablesMeanWhatTheyMeanThere() throws IOException {
        for (int i = 1; i <= 6; i++) {
            file("V" + i + "__t" + i + ".sql", "CREATE TABLE t" + i + " ();");
        }
        file("R__view.sql", "CREATE OR REPLACE VIEW v AS SELECT 1 AS one;");
        assertThat(take("flyway")).isZero();
        database.run(
                "CREATE TABLE t1 (); CREATE TABLE t2 (); CREATE TABLE t3 (); CREATE TABLE t4 ();"
                    + " CREATE VIEW v AS SELECT 1 AS one; CREATE TABLE flyway_schema_history"
                    + " (installed_rank int, version varchar, description varchar, type varchar,"
                    + " success boolean); INSERT INTO flyway_schema_history VALUES (1, '2', 'b',"
                    + " 'BASELINE', true), (2, '3', 't3', 'SQL', true), (3, '4', 't4', 'SQL',"
                    + " true), (4, NULL, 'view', 'SQL', true), (5, '5', 't5', 'SQL', true), (6,"
                    + " '5', 't5', 'UNDO_SQL', true)");
        assertThat(onDatabase("adopt", "--json")).isZero();
        assertThat(terminal.stdout).contains("\"heads\":[\"4\"]");
        assertThat(onDatabase("upgrade")).isZero();
        assertThat(onDatabase("check")).isZero();
    }

    @Test
    void aDirtyOrHoleyRecordIsRefused() throws IOException {
        file("1_a.up.sql", "CREATE TABLE a ();");
        file("2_b.up.sql", "CREATE TABLE b ();");
        file("3_c.up.sql", "CREATE TABLE c ();");
        assertThat(take("folder")).isZero();
        database.run(
                "CREATE TABLE schema_migrations (version bigint, dirty boolean); INSERT INTO"
                        + " schema_migrations VALUES (2, true)");
        assertThat(onDatabase("adopt")).isEqualTo(1);
        assertThat(terminal.stderr).contains("calls version 2 dirty");
        database.run("UPDATE schema_migrations SET dirty = false");
        assertThat(onDatabase("adopt")).isZero();
        assertThat(terminal.stderr).contains("at 2");
        database.run(
                "DROP SCHEMA skein CASCADE; DROP TABLE schema_migrations; CREATE TABLE"
                    + " schema_migrations (version varchar); INSERT INTO schema_migrations VALUES"
                    + " ('1'), ('3')");
        assertThat(onDatabase("adopt")).isEqualTo(1);
        assertThat(terminal.stderr).contains("schema_migrations lacks 2");
    }

    @Test
    void eachTenantsSchemaHasItsOwnRecord() throws IOException {
        file("1_a.up.sql", "CREATE TABLE a ();");
        file("2_b.up.sql", "CREATE TABLE b ();");
        assertThat(take("folder")).isZero();
        for (int i = 1; i <= 2; i++) {
            database.run(
                    "CREATE SCHEMA t%1$d; CREATE TABLE t%1$d.schema_migrations (version bigint, dirty boolean); INSERT INTO t%1$d.schema_migrations VALUES (%1$d, false)"
                            .formatted(i));
        }
        assertThat(onDatabase("adopt", "--schema=t*")).isZero();
        assertThat(terminal.stderr).contains("at 1").contains("at 2");
    }

    @Test
    void aRecordOfAnotherNameIsReadAsTheToolsWhoseColumnsItHas() throws IOException {
        file("01_a.up.sql", "CREATE TABLE a ();");
        file("02_b.up.sql", "CREATE TABLE b ();");
        assertThat(take("folder")).isZero();
        var tables = new LinkedHashMap<String, String>();
        tables.put("\"My History\" (version bigint, dirty boolean)", "(2, false)");
        tables.put("s.migrate (version varchar)", "('01'), ('02')");
        tables.put(
                "s.\"Flyway\" (installed_rank int, version text, description text, type text,"
                        + " success boolean)",
                "(1, '1', 'a', 'SQL', true), (2, '2', 'b', 'SQL', true)");
        tables.put(
                "s.x (version bigint, installed_on date, success boolean, checksum bytea)",
                "(1, now(), true, ''), (2, now(), true, '')");
        tables.put(
                "prisma (migration_name text, started_at date, finished_at date, rolled_back_at"
                        + " date)",
                "('01_a', now(), now(), NULL), ('02_b', now(), now(), NULL), ('03_c',"
                        + " now(), NULL, now())");
        tables.put(
                "node (id int, name text, run_on date)", "(1, '01_a', now()), (2, '02_b', now())");
        tables.put("gorp (id text, applied_at date)", "('01_a.sql', now()), ('02_b.sql', now())");
        tables.put(
                "goose (id int, version_id bigint, is_applied boolean)",
                "(1, 1, true), (2, 2," + " true)");
        tables.put("diesel (version text, run_on date)", "('01', now()), ('02', now())");
        tables.put("tern (version int)", "(2)");
        tables.put("steps (version_num text)", "('02')");
        database.run("CREATE SCHEMA s");
        for (var table : tables.entrySet()) {
            var name = table.getKey().substring(0, table.getKey().indexOf(" (")).replace("\"", "");
            database.run(
                    "CREATE TABLE "
                            + table.getKey()
                            + "; INSERT INTO "
                            + table.getKey().substring(0, table.getKey().indexOf(" ("))
                            + " VALUES "
                            + table.getValue());
            assertThat(onDatabase("adopt", "--json", "--record=" + name)).as(name).isZero();
            assertThat(terminal.stdout).as(name).contains("\"heads\":[\"02\"]");
            database.run("DROP SCHEMA skein CASCADE");
        }
        for (var name : new String[] {"\"s\".\"the.\"\"steps\"", "größe".repeat(20)}) {
            database.run(
                    "CREATE TABLE %1$s (version_num text); INSERT INTO %1$s VALUES ('02')"
                            .formatted(name));
            assertThat(onDatabase("adopt", "--json", "--record=" + name)).as(name).isZero();
            database.run("DROP SCHEMA skein CASCADE");
        }
        assertThat(onDatabase("adopt")).isEqualTo(2);
        assertThat(terminal.stderr).contains("--record");
        assertThat(onDatabase("adopt", "--record=s.none")).isEqualTo(2);
        assertThat(terminal.stderr).contains("there is no table s.none");
        database.run("CREATE TABLE other (i int)");
        assertThat(onDatabase("adopt", "--record=other")).isEqualTo(2);
        assertThat(terminal.stderr).contains("the columns of no tool").contains("Flyway");
        assertThat(onDatabase("adopt", "--record=other", "--moved")).isEqualTo(2);
    }

    @Test
    void twoFilesOfOneVersionAreRefused() throws IOException {
        file("a/V1__x.sql", "SELECT 1;");
        file("b/V1__y.sql", "SELECT 2;");
        assertThat(take("flyway")).isEqualTo(2);
        assertThat(terminal.stderr).contains("the same version as");
    }

    private void alembic(String id, String down, String labels, String up, String table)
            throws IOException {
        file(
                "scripts/versions/" + id + ".py",
                """
                \"""message of %1$s

                Revision ID: %1$s
                Create Date: 2024-05-06 07:08:09.123456+02:00
                \"""
                from alembic import op
                import sqlalchemy as sa

                revision = '%1$s'
                down_revision = %2$s
                branch_labels = %3$s
                depends_on = None


                def upgrade():
                    %4$s


                def downgrade():
                    op.execute("SELECT '%5$s'")
                """
                        .formatted(id, down, labels, up, table));
    }

    @Test
    void nothingToImportIsSaid() throws IOException {
        file("readme.txt", "x");
        for (var tool : new String[] {"flyway", "diesel", "sqitch", "alembic", "folder"}) {
            assertThat(take(tool)).isEqualTo(2);
            assertThat(terminal.stderr).contains("is in it");
        }
        assertThat(take("knex")).isEqualTo(2);
        assertThat(terminal.stderr).contains("Known are: alembic, flyway, sqitch, diesel, folder");
    }
}
