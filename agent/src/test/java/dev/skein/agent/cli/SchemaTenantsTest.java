// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tenants that are schemas: dropped, made anew, renamed, with names that need quotes. */
class SchemaTenantsTest {
    private static final String OLD_JOURNAL = "ALTER TABLE skein.state DROP COLUMN schema_oid";

    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir Path folder;

    private final Terminal terminal = new Terminal();

    @BeforeEach
    void revisions() throws IOException {
        Files.writeString(
                folder.resolve("a.sql"),
                "--@ revision: a\n"
                        + "--@ upgrade\n"
                        + "CREATE TABLE a (id int PRIMARY KEY);\n"
                        + "--@ downgrade\n"
                        + "DROP TABLE a;\n");
        Files.writeString(
                folder.resolve("b.sql"),
                "--@ revision: b\n--@ revises: a\n--@ upgrade\nCREATE TABLE b (id int);\n"
                        + "--@ downgrade\nDROP TABLE b;\n");
    }

    private int skein(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.add("--revisions=" + folder);
        all.add("--url=" + database.address().url().replace("@", ":test%20secret@"));
        return terminal.skein(all.toArray(String[]::new));
    }

    private String uid(String schema) {
        return database.value(
                "SELECT uid FROM skein.state WHERE target = " + SqlLiterals.text(schema));
    }

    private void isThere(String table) {
        var asked = "SELECT to_regclass(" + SqlLiterals.text(table) + ") IS NOT NULL";
        assertThat(database.value(asked)).as(table).isEqualTo("true");
    }

    @Test
    void aNewTenantDoesNotInheritTheHistoryOfADroppedOneOfItsName() {
        database.run("CREATE SCHEMA t_1");
        assertThat(skein("upgrade", "--schema=t_1")).isZero();
        var uid = uid("t_1");
        database.run("DROP SCHEMA t_1 CASCADE; CREATE SCHEMA t_1");
        for (var command : List.of("upgrade", "downgrade base", "stamp a", "upgrade --dry-run")) {
            var words = new ArrayList<>(List.of(command.split(" ")));
            words.add("--schema=t_1");
            assertThat(skein(words.toArray(String[]::new))).as(command).isEqualTo(1);
            assertThat(terminal.stderr)
                    .contains("the schema 't_1' that its journal is about was dropped")
                    .contains("skein adopt --retire t_1");
        }
        assertThat(skein("check", "--schema=t_1")).isEqualTo(4);
        assertThat(terminal.stdout).contains("was dropped").contains("skein adopt --retire t_1");

        assertThat(skein("adopt", "--retire=t_1")).isZero();
        assertThat(skein("upgrade", "--schema=t_1")).isZero();
        isThere("t_1.b");
        assertThat(uid("t_1")).isNotEqualTo(uid);
        assertThat(uid("pg_retired_" + uid)).as("its history is kept").isEqualTo(uid);
        assertThat(skein("check", "--schema=t_1")).isZero();
    }

    @Test
    void aTenantThatWasRestoredKeepsItsHistory() {
        database.run("CREATE SCHEMA t_1");
        assertThat(skein("upgrade", "--schema=t_1")).isZero();
        var uid = uid("t_1");
        assertThat(skein("adopt", "--restored", "--schema=t_1")).isEqualTo(1);
        database.run(
                "DROP SCHEMA t_1 CASCADE; CREATE SCHEMA t_1; CREATE TABLE t_1.a (id int PRIMARY"
                        + " KEY); CREATE TABLE t_1.b (id int)");
        assertThat(skein("upgrade", "--schema=t_1")).isEqualTo(1);
        assertThat(terminal.stderr).contains("skein adopt --restored --schema t_1");
        assertThat(skein("adopt", "--restored", "--schema=t_1")).isZero();
        assertThat(skein("check", "--schema=t_1")).isZero();
        assertThat(uid("t_1")).isEqualTo(uid);
    }

    @Test
    void onlyWhatIsOfNoSchemaIsPutAway() {
        database.run("CREATE SCHEMA t_1");
        assertThat(skein("upgrade", "--schema=t_1")).isZero();
        assertThat(skein("adopt", "--retire=t_1")).isEqualTo(1);
        assertThat(terminal.stderr).contains("the schema 't_1' is there").contains("--yes");
        database.run("ALTER SCHEMA t_1 RENAME TO t_2");
        assertThat(skein("adopt", "--retire=t_1")).isEqualTo(1);
        assertThat(terminal.stderr).contains("skein adopt --moved --from t_1 --schema t_2");
        assertThat(skein("adopt", "--retire=t_9")).isEqualTo(1);
        assertThat(skein("adopt", "--retire=t_1", "--schema=t_2")).isEqualTo(2);
        database.run("DROP SCHEMA t_2 CASCADE");
        assertThat(skein("adopt", "--retire=t_1")).as("nothing is there any more").isZero();
        assertThat(skein("adopt", "--retire=t_1")).isEqualTo(1);
    }

    @Test
    void aJournalFollowsItsOwnSchemaAndNoOther() {
        database.run("CREATE SCHEMA t_1; CREATE SCHEMA t_9; CREATE TABLE t_9.a (id int)");
        assertThat(skein("upgrade", "a", "--schema=t_1")).isZero();
        database.run("ALTER SCHEMA t_1 RENAME TO t_2");
        assertThat(skein("adopt", "--moved", "--from=t_1", "--schema=t_9")).isEqualTo(1);
        assertThat(terminal.stderr)
                .contains("is called 't_2'")
                .contains("skein adopt --moved --from t_1 --schema t_2");
        database.run("CREATE SCHEMA t_1");
        assertThat(skein("upgrade", "--schema=t_1")).isEqualTo(1);
        assertThat(terminal.stderr).contains("skein adopt --moved --from t_1 --schema t_2");
        assertThat(skein("stamp", "a", "--schema=t_2")).as("its journal is known").isEqualTo(1);
        assertThat(skein("adopt", "--moved", "--from=t_1", "--schema=t_2")).isZero();
        assertThat(skein("upgrade", "--schema=t_1", "--schema=t_2")).isZero();
        isThere("t_1.b");
        isThere("t_2.b");
    }

    @Test
    void whatAnOlderJournalLeftIsComparedBeforeItFollows() {
        database.run("CREATE SCHEMA t_1; CREATE SCHEMA t_9; CREATE TABLE t_9.other (id int)");
        assertThat(skein("upgrade", "a", "--schema=t_1")).isZero();
        database.run(OLD_JOURNAL + "; ALTER SCHEMA t_1 RENAME TO t_2");
        assertThat(skein("adopt", "--moved", "--from=t_1", "--schema=t_9")).isEqualTo(1);
        assertThat(terminal.stderr).contains("is not as the journal of 't_1' left").contains("-y");
        assertThat(skein("adopt", "--moved", "--from=t_1", "--schema=t_2")).isZero();
        database.run(OLD_JOURNAL + "; ALTER SCHEMA t_2 RENAME TO t_3; DROP TABLE t_3.a");
        assertThat(skein("adopt", "--moved", "--from=t_2", "--schema=t_3")).isEqualTo(1);
        assertThat(skein("adopt", "--moved", "--from=t_2", "--schema=t_3", "--yes")).isZero();
    }

    @Test
    void whatIsPrintedOfAJournalInTheWayLeadsOn() throws IOException {
        Files.writeString(
                folder.resolve("c.sql"),
                "--@ revision: c\n--@ revises: b\n--@ batch: a by id, 1 rows\n--@ upgrade\n"
                        + "UPDATE a SET id = id / 0 WHERE id BETWEEN :from AND :to;\n");
        database.run("CREATE SCHEMA t_1; CREATE SCHEMA t_2");
        assertThat(skein("upgrade", "b", "--schema=t_1", "--schema=t_2")).isZero();
        database.run("INSERT INTO t_2.a VALUES (1), (2)");
        assertThat(skein("upgrade", "--schema=t_2")).as("in the middle of a batch").isEqualTo(1);
        database.run("DROP SCHEMA t_2 CASCADE; ALTER SCHEMA t_1 RENAME TO t_2");
        var follow = List.of("adopt", "--moved", "--from=t_1", "--schema=t_2");
        assertThat(skein(follow.toArray(String[]::new))).isEqualTo(1);
        assertThat(terminal.stderr)
                .contains("'t_2' has a journal of its own")
                .contains("skein adopt --retire t_2");
        assertThat(skein("adopt", "--retire=t_2")).isZero();
        assertThat(skein(follow.toArray(String[]::new))).isZero();
        assertThat(skein("current", "--schema=t_2")).isZero();
        assertThat(terminal.stdout).doesNotContain("batch");
        assertThat(skein("downgrade", "a", "--schema=t_2")).as(terminal.stderr).isZero();
    }

    @Test
    void aNewSchemaThatHoldsNoTablesOfItsOwnIsNoRenamedOne() {
        database.run("CREATE SCHEMA t_1");
        assertThat(skein("upgrade", "--schema=t_1")).isZero();
        database.run(
                OLD_JOURNAL
                        + "; DROP SCHEMA t_1 CASCADE; CREATE SCHEMA t_2; CREATE SEQUENCE t_2.s;"
                        + " CREATE VIEW t_2.v AS SELECT 1; CREATE TABLE t_2.x (); ALTER EXTENSION"
                        + " plpgsql ADD TABLE t_2.x");
        assertThat(skein("upgrade", "--schema=t_2")).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Mandant \"Süd\"",
                "o'brien.$1",
                "eine_bezeichnung_mit_genau_dreiundsechzig_bytes_und_keinem_mehr"
            })
    void aNameIsTakenAsItIsInEveryCommand(String name) {
        var schema = "--schema=" + name;
        database.run("CREATE SCHEMA " + SqlLiterals.name(name));
        assertThat(skein("upgrade", "--dry-run", schema)).isZero();
        assertThat(skein("upgrade", "a", schema)).isZero();
        assertThat(skein("check", schema)).isEqualTo(3);
        assertThat(skein("upgrade", "--sql", schema)).isZero();
        assertThat(terminal.stdout).contains(SqlLiterals.name(name) + ", \"public\"");
        assertThat(skein("upgrade", schema)).isZero();
        assertThat(skein("downgrade", "-1", schema)).isZero();
        assertThat(skein("current", schema)).isZero();
        assertThat(terminal.stdout).contains("a");
        assertThat(skein("history", "-i", schema)).isZero();
        assertThat(skein("show", "current", schema)).isZero();
        assertThat(skein("stamp", "a", schema)).isZero();
        database.run("ALTER SCHEMA " + SqlLiterals.name(name) + " RENAME TO t_2");
        assertThat(skein("adopt", "--moved", "--from=" + name, "--schema=t_2")).isZero();
        database.run("ALTER SCHEMA t_2 RENAME TO " + SqlLiterals.name(name));
        assertThat(skein("adopt", "--moved", "--from=t_2", schema)).isZero();
        assertThat(skein("check", schema)).isEqualTo(3);
        database.run("DROP SCHEMA " + SqlLiterals.name(name) + " CASCADE");
        assertThat(skein("adopt", "--retire=" + name)).isZero();
    }

    @Test
    void aNameThatTheServerWouldCutIsNobodys() {
        var whole = "x".repeat(63);
        database.run("CREATE SCHEMA " + whole);
        assertThat(skein("upgrade", "--schema=" + whole)).isZero();
        for (var command : List.of("upgrade", "current", "history -i")) {
            var words = new ArrayList<>(List.of(command.split(" ")));
            words.add("--schema=" + whole + "x");
            assertThat(skein(words.toArray(String[]::new))).as(command).isNotZero();
            assertThat(terminal.stderr).contains("no schema");
        }
        assertThat(skein("adopt", "--retire=" + whole + "x", "--yes")).isEqualTo(1);
        assertThat(skein("adopt", "--moved", "--from=" + whole + "x", "--schema=" + whole))
                .isEqualTo(1);
        assertThat(skein("check", "--schema=" + whole)).isZero();
    }
}
