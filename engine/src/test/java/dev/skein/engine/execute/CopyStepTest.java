// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of a COPY, on a server: as psql copies them, or refused. */
class CopyStepTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();

    private MigrationSetting setting;

    @BeforeEach
    void prepare() {
        setting = new MigrationSetting(database);
    }

    private Outcome copy(String head, String... rows) {
        return setting.revision(
                        "c", "--@ upgrade\n" + head + ";\n" + String.join("\n", rows) + "\n\\.\n")
                .up();
    }

    @Test
    void bytesIdentitiesAndDefaultsArriveAsInACopy() {
        database.run(
                "CREATE TABLE \"T t\" (id int GENERATED ALWAYS AS IDENTITY, b text, c text DEFAULT"
                        + " 'd')");
        var done = copy("COPY \"T t\" (id, b) FROM stdin", "7\tcaf\\303\\251");
        assertThat(done).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT id || b || length(b) || c FROM \"T t\""))
                .isEqualTo("7café4d");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "CREATE RULE r AS ON INSERT TO t DO ALSO SELECT 1 | passes over its rules",
                "ALTER TABLE t RENAME TO u; CREATE VIEW t AS SELECT * FROM u | it is no table",
                "ALTER TABLE t ADD more int DEFAULT 3 | rows of 2 fields",
            })
    void whatAnInsertWouldDoOtherwiseIsRefused(String change, String says) {
        database.run("CREATE TABLE t (a int, b text); " + change);
        var error = ((Outcome.Failed) copy("COPY t FROM stdin", "1\tx")).error();
        assertThat(error.sqlState()).isEqualTo("SK012");
        assertThat(error.serverMessage()).contains(says);
        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("0");
    }

    @Test
    void aGeneratedColumnNeedsNoField() {
        database.run("CREATE TABLE t (a int, b int GENERATED ALWAYS AS (a + 1) STORED)");
        assertThat(copy("COPY t FROM stdin", "1", "2")).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT sum(b) FROM t")).isEqualTo("5");
    }

    @Test
    void triggersOfTheStatementFireOnceOrItIsRefused() {
        database.run(
                "CREATE TABLE t (a int); CREATE FUNCTION f() RETURNS trigger LANGUAGE plpgsql AS"
                        + " 'BEGIN RETURN NULL; END'; CREATE TRIGGER s AFTER INSERT ON t EXECUTE"
                        + " FUNCTION f()");
        var rows = "1\n".repeat(200);
        assertThat(copy("COPY t FROM stdin", rows + "1")).isInstanceOf(Outcome.Failed.class);
        assertThat(database.value("SELECT count(*) FROM t")).isEqualTo("0");
        setting = new MigrationSetting(database);
        assertThat(copy("COPY t FROM stdin", rows.strip())).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void anErrorHasTheLineOfItsRow() {
        database.run("CREATE TABLE t (a int)");
        var error = ((Outcome.Failed) copy("COPY t FROM stdin", "1", "2", "x")).error();
        assertThat(error.getMessage()).contains("c.sql:7"); // two lines of header before
    }
}
