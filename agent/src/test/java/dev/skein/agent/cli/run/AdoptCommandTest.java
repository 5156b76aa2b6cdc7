// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.cli.Terminal;
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

/** Databases and schemas that are not where their journals were. */
class AdoptCommandTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir Path folder;

    private final Terminal terminal = new Terminal();

    @BeforeEach
    void revisions() throws IOException {
        Files.writeString(
                folder.resolve("a.sql"),
                "--@ revision: a\n--@ upgrade\nCREATE TABLE a (id int);\n--@ downgrade\nDROP TABLE"
                        + " a;\n");
        Files.writeString(
                folder.resolve("b.sql"),
                "--@ revision: b\n--@ revises: a\n--@ upgrade\nCREATE TABLE b (id int);\n");
    }

    private int skein(String... words) {
        return skein(List.of(), words);
    }

    /** On further databases, too. */
    private int skein(List<String> others, String... words) {
        var all = new ArrayList<>(List.of(words));
        all.add("--revisions=" + folder);
        all.add("--url=" + url(database.address().database()));
        others.forEach(other -> all.add("--url=" + url(other)));
        return terminal.skein(all.toArray(String[]::new));
    }

    private String url(String name) {
        return database.address().withDatabase(name).url().replace("@", ":test%20secret@");
    }

    private String copied() {
        var original = database.address().database();
        var copy = original + "_copy";
        database.use("postgres");
        database.run(
                "CREATE DATABASE "
                        + SqlLiterals.name(copy)
                        + " TEMPLATE "
                        + SqlLiterals.name(original));
        database.adopt(copy);
        database.use(copy);
        return original;
    }

    private String uid() {
        return database.value("SELECT uid FROM skein.state");
    }

    @Test
    void aRenamedSchemaGoesOnWithItsJournalWhenSomebodySaysWhichItWas() {
        database.run("CREATE SCHEMA t_1");
        assertThat(skein("upgrade", "a", "--schema=t_1")).isZero();
        var uid = uid();
        database.run("ALTER SCHEMA t_1 RENAME TO t_2; CREATE SCHEMA t_3");
        for (var command : List.of("upgrade", "check")) {
            assertThat(skein(command, "--schema=t_2")).isEqualTo(command.equals("check") ? 4 : 1);
            assertThat(terminal.stdout + terminal.stderr)
                    .contains("the journal of 't_1' is about is called 't_2' now")
                    .contains("skein adopt --moved --from t_1 --schema t_2");
        }
        assertThat(skein("upgrade", "--dry-run", "--schema=t_2")).isEqualTo(1);
        assertThat(skein("upgrade", "--schema=t_3")).as("it is new and empty").isZero();
        assertThat(skein("adopt", "--moved", "--schema=t_2")).isEqualTo(1);
        assertThat(terminal.stderr).contains("--moved --from t_1 --schema t_2");
        assertThat(skein("adopt", "--moved", "--from=t_3", "--schema=t_2")).isEqualTo(1);
        assertThat(terminal.stderr).contains("the schema 't_3' is there");
        assertThat(skein("adopt", "--moved", "--from=t_1", "--schema=t_3")).isEqualTo(1);
        assertThat(terminal.stderr).contains("is called 't_2' now");

        assertThat(skein("adopt", "--moved", "--from=t_1", "--schema=t_2")).isZero();
        assertThat(skein("check", "--schema=t_2")).as(terminal.stdout).isEqualTo(3);
        assertThat(skein("upgrade", "--schema=t_2")).isZero();
        assertThat(skein("check", "--schema=t_2")).isZero();
        assertThat(database.value("SELECT uid FROM skein.state WHERE target = 't_2'"))
                .isEqualTo(uid);
        database.run("CREATE SCHEMA t_1");
        assertThat(skein("upgrade", "--schema=t_1")).isZero();
        assertThat(database.value("SELECT count(DISTINCT uid) FROM skein.state")).isEqualTo("3");
    }

    @Test
    void checkAndPreviewsSayThatADatabaseIsACopy() {
        assertThat(skein("upgrade", "a")).isZero();
        copied();
        assertThat(skein("check")).isEqualTo(4);
        assertThat(terminal.stdout)
                .contains("its journal belongs to ")
                .contains("skein adopt --moved, --restored or --clone");
        for (var how : List.of("--dry-run", "--sql")) {
            assertThat(skein("upgrade", how)).isEqualTo(1);
            assertThat(terminal.stderr).contains("its journal belongs to ");
        }
        assertThat(skein("adopt", "--clone")).isZero();
        assertThat(skein("check")).isEqualTo(3);
        assertThat(skein("upgrade", "--dry-run")).isZero();
    }

    @Test
    void aNewUidInTheOriginalsPlaceIsForOneDatabaseAndAgreed() {
        assertThat(skein("upgrade")).isZero();
        var uid = uid();
        assertThat(skein("adopt", "--clone")).isEqualTo(2);
        assertThat(terminal.stderr)
                .contains("with a new uid it is another database")
                .contains("--clone --yes, for this database alone");
        var original = copied();
        assertThat(skein(List.of(original), "adopt", "--clone", "--yes")).isEqualTo(2);
        assertThat(uid()).as("a copy elsewhere needs no word").isNotEqualTo(uid);
        database.use(original);
        assertThat(uid()).isEqualTo(uid);
        assertThat(skein("adopt", "--clone", "--yes")).isZero();
        assertThat(uid()).isNotEqualTo(uid);
    }

    @Test
    void optionsWithoutWhatTheyAreAboutAreRefused() {
        assertThat(skein("upgrade")).isZero();
        for (var option : List.of("--site=eu/a", "--from=t_1", "--yes")) {
            assertThat(skein("adopt", option)).isEqualTo(2);
        }
        assertThat(skein("adopt", "--moved", "--from=t_1")).isEqualTo(2);
        assertThat(terminal.stderr).contains("--moved --from OLD --schema NEW");
        assertThat(skein("adopt", "--moved", "--clone")).isEqualTo(2);
    }
}
