// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.agent.cli.common.Output;
import dev.skein.engine.testing.TestDatabase;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class LocalCommandsTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir Path folder;

    private String stdout = "";
    private String stderr = "";

    private int skein(String... args) {
        var results = new ByteArrayOutputStream();
        var talk = new ByteArrayOutputStream();
        int code =
                Skein.run(
                        Output.plain(
                                new PrintStream(results, true, StandardCharsets.UTF_8),
                                new PrintStream(talk, true, StandardCharsets.UTF_8)),
                        args);
        stdout = results.toString(StandardCharsets.UTF_8).strip();
        stderr = talk.toString(StandardCharsets.UTF_8).strip();
        return code;
    }

    private int onProject(String command, String... more) {
        var all =
                new java.util.ArrayList<String>(
                        java.util.List.of(command, "-c", folder + "/skein.yaml"));
        all.addAll(java.util.List.of(more));
        return skein(all.toArray(String[]::new));
    }

    @BeforeEach
    void project() throws Exception {
        assertThat(skein("init", folder.toString(), "--url", database.address().url())).isZero();
        var secret =
                Files.writeString(
                        folder.resolve("pw"), String.valueOf(database.address().password()));
        Files.writeString(
                folder.resolve("skein.yaml"),
                "    password: file:" + secret + "\n",
                java.nio.file.StandardOpenOption.APPEND);
    }

    private String revision(String message, String up, String down) throws Exception {
        assertThat(onProject("revision", "-m", message)).isZero();
        var file = Path.of(stdout);
        var text = Files.readString(file);
        Files.writeString(
                file,
                text.replace("--@ upgrade\n", "--@ upgrade\n" + up + ";\n")
                        .replace("--@ downgrade\n", "--@ downgrade\n" + down + ";\n"));
        return file.getFileName().toString().split("_")[1];
    }

    @Test
    void aDaysWorkOnOneDatabase() throws Exception {
        var first = revision("create users", "CREATE TABLE users (id int)", "DROP TABLE users");
        var second =
                revision(
                        "add mail",
                        "ALTER TABLE users ADD mail text",
                        "ALTER TABLE users DROP mail");
        assertThat(onProject("current")).isZero();
        assertThat(stderr).isEqualTo("base (no journal yet, 2 behind)");
        assertThat(onProject("current", "-d", "dev", "-d", "dev")).isZero();
        assertThat(stderr).isEqualTo("base (no journal yet, 2 behind)");
        assertThat(onProject("upgrade")).isZero();
        assertThat(stderr)
                .contains("[1/2] applied " + first + " create users")
                .contains("Done: at " + second);
        assertThat(onProject("upgrade")).isZero();
        assertThat(stderr).isEqualTo("Already there: " + second);
        assertThat(onProject("current", "--check-heads")).isZero();
        assertThat(stdout).isEqualTo(second + " (head)");
        assertThat(onProject("history", "-i")).isZero();
        assertThat(stdout.lines())
                .containsExactly(
                        first + " -> " + second + " (head, current), add mail",
                        "base -> " + first + ", create users");
        assertThat(onProject("heads")).isZero();
        assertThat(stdout).isEqualTo(second + " add mail");
        assertThat(onProject("downgrade", "-1")).isZero();
        assertThat(onProject("current", "--check-heads")).isEqualTo(3);
        assertThat(onProject("stamp", "head")).isZero();
        assertThat(onProject("current", "--json")).isZero();
        assertThat(stdout).contains("\"heads\":[\"" + second + "\"]");
    }

    @Test
    void twoHeadsAreSaidAndMerged() throws Exception {
        revision("one", "CREATE TABLE one ()", "DROP TABLE one");
        assertThat(onProject("revision", "-m", "other", "--head", "base", "--label", "side"))
                .isZero();
        assertThat(onProject("upgrade")).isEqualTo(2);
        assertThat(stderr).contains("it is ambiguous: heads are").contains("skein merge");
        assertThat(onProject("merge")).isZero();
        assertThat(onProject("upgrade")).isZero();
    }

    @Test
    void aFailureSaysFileLineAndStateAndExitsWithOne() throws Exception {
        revision("bad", "CREATE TABLE t ();\nSELECT 1/0", "DROP TABLE t");
        assertThat(onProject("upgrade")).isEqualTo(1);
        assertThat(stderr)
                .contains("division by zero (22012)")
                .contains("statement 2 of upgrade")
                .contains(" | SELECT 1/0")
                .contains("was changed; the database is at base.");
        assertThat(onProject("current")).isZero();
        assertThat(stderr).isEqualTo("base (1 behind)");
    }

    @Test
    void aFailureWhosePlaceIsKnownIsPointedAt() throws Exception {
        revision("bad", "CREATE TABLE t ();\nSELECT\n\t'ü', oops FROM t", "DROP TABLE t");
        assertThat(onProject("upgrade")).isEqualTo(1);
        assertThat(stderr.lines().map(line -> line.replaceFirst("^ +\\d*", "")))
                .containsSubsequence(" |     'ü', oops FROM t", "|          ^");
    }

    @Test
    void wrongUsageExitsWithTwo() {
        assertThat(skein("upgrad")).isEqualTo(2);
        assertThat(skein("upgrade", "--nosuch")).isEqualTo(2);
        assertThat(stderr).contains("--nosuch");
        assertThat(skein("downgrade")).isEqualTo(2);
        assertThat(onProject("upgrade", "nosuch")).isEqualTo(2);
        assertThat(skein("init", folder.toString())).isEqualTo(2);
        assertThat(stderr).contains("exists already");
        assertThat(skein("current", "--url", "postgresql://u:hunter2@127.0.0.1:1/x")).isEqualTo(1);
        assertThat(stderr).contains("nothing accepts connections").doesNotContain("hunter2");
        assertThat(skein("current", "--url", "mysql://u:hunter2@h/x")).isEqualTo(2);
        assertThat(stderr).doesNotContain("hunter2");
        assertThat(onProject("current", "-d", "nosuch")).isEqualTo(2);
        assertThat(stderr).contains("it has no database 'nosuch'").contains("It has: dev");
    }

    @Test
    void baseIsNotStampedOnALiveDatabaseByMistake() throws Exception {
        var id = revision("one", "CREATE TABLE one ()", "DROP TABLE one");
        assertThat(onProject("upgrade")).isZero();
        assertThat(onProject("stamp", "base")).isEqualTo(2);
        assertThat(stderr).contains("it is at " + id).contains("--yes");
        assertThat(onProject("stamp", "base", "--yes")).isZero();
        assertThat(onProject("current")).isZero();
        assertThat(stderr).isEqualTo("base (1 behind)");
        assertThat(onProject("stamp", "base")).isZero();
    }

    @Test
    void severalDatabasesWithoutADefaultOfferWhichToName() throws Exception {
        var text = "databases:\n  a: {url: 'postgresql://h/a'}\n  b: {url: 'postgresql://h/b'}\n";
        Files.writeString(folder.resolve("skein.yaml"), text);
        assertThat(onProject("upgrade")).isEqualTo(2);
        assertThat(stderr).contains("Say which: -d a · -d b · --all");
        assertThat(onProject("current", "-d", "aa")).isEqualTo(2);
        assertThat(stderr).contains("did you mean 'a'?");
    }

    @Test
    void twoFilesWithOneIdAreBothNamed() throws Exception {
        var id = revision("one", "CREATE TABLE one ()", "DROP TABLE one");
        var text = "--@ revision: " + id + "\n\n--@ upgrade\nSELECT 1;\n";
        Files.writeString(folder.resolve("revisions/copy.sql"), text);
        assertThat(onProject("history")).isEqualTo(2);
        assertThat(stderr)
                .contains("two files have this id: ")
                .contains("copy.sql")
                .contains("_one");
    }

    @Test
    void aMovedDatabaseIsAdopted() throws Exception {
        revision("one", "CREATE TABLE one ()", "DROP TABLE one");
        assertThat(onProject("upgrade")).isZero();
        database.run("UPDATE skein.state SET place = 'old name'");
        assertThat(onProject("downgrade", "base")).isEqualTo(1);
        assertThat(stderr).contains("belongs to old name").contains("skein adopt --moved");
        assertThat(onProject("adopt", "--moved")).isZero();
        assertThat(onProject("downgrade", "base")).isZero();
        assertThat(onProject("adopt", "--moved")).isEqualTo(1);
    }
}
