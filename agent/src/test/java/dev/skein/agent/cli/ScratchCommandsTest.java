// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

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

/** The commands that ask a scratch server, as a developer uses them one after the other. */
class ScratchCommandsTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir Path folder;

    private final Terminal terminal = new Terminal();

    @BeforeEach
    void project() throws IOException {
        Files.createDirectories(folder.resolve("revisions"));
        Files.createDirectories(folder.resolve("schema"));
        Files.writeString(
                folder.resolve("skein.yaml"),
                "revisions: revisions\ndesired: schema\ndatabases:\n  dev:\n    url: "
                        + database.address().url()
                        + "\n    password: file:"
                        + folder.resolve("secret")
                        + "\n");
        Files.writeString(folder.resolve("secret"), "test secret");
        schema("CREATE TABLE users (id int PRIMARY KEY, mail text);");
    }

    private void schema(String sql) throws IOException {
        Files.writeString(folder.resolve("schema/all.sql"), sql);
    }

    private int run(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.add("--config=" + folder.resolve("skein.yaml"));
        return terminal.skein(all.toArray(String[]::new));
    }

    private List<Path> files() throws IOException {
        try (var files = Files.list(folder.resolve("revisions"))) {
            return files.sorted().toList();
        }
    }

    @Test
    void aSchemaIsWrittenGeneratedAppliedAndChanged() throws IOException {
        assertThat(run("check", "--desired")).isEqualTo(4);
        assertThat(terminal.stdout).contains("differs: table public.users");
        assertThat(run("revision", "--autogenerate", "-m", "users")).isZero();
        assertThat(files()).hasSize(1);
        assertThat(run("check", "--desired")).isZero();
        assertThat(run("revision", "--autogenerate", "-m", "again")).isZero();
        assertThat(terminal.stderr).contains("Nothing is missing");
        assertThat(files()).hasSize(1);
        assertThat(run("upgrade", "head")).isZero();
        assertThat(run("diff", "dev", folder.resolve("schema").toString())).isZero();
        assertThat(run("diff", "dev", "head")).isZero();

        schema(
                "CREATE TABLE users (id int PRIMARY KEY, email text); CREATE VIEW v AS SELECT 1 AS"
                        + " x;");
        assertThat(run("revision", "--autogenerate", "-m", "email")).isEqualTo(2);
        assertThat(terminal.stderr).contains("it loses every value of public.users.mail");
        assertThat(files()).hasSize(1);
        assertThat(run("revision", "--autogenerate", "--rename=users.mail -> email")).isZero();
        database.run("INSERT INTO users VALUES (1, 'a@b')");
        assertThat(run("upgrade", "head")).isZero();
        assertThat(database.value("SELECT email FROM users")).isEqualTo("a@b");
        assertThat(run("downgrade", "-1")).isZero();
        assertThat(database.value("SELECT mail FROM users")).isEqualTo("a@b");
    }

    @Test
    void entitiesAreASchemaToo() throws IOException {
        var classes = "--entities=target/test-classes";
        assertThat(run("revision", "--autogenerate", classes, "-m", "shop")).isZero();
        assertThat(run("upgrade", "head")).isZero();
        database.run("INSERT INTO customer (\"mailaddress\") VALUES ('a@b')");
        assertThat(run("check", classes)).isZero();
        assertThat(run("diff", "dev", "entities:target/test-classes")).isZero();
        Files.writeString(
                folder.resolve("skein.yaml"),
                Files.readString(folder.resolve("skein.yaml"))
                        + "entities:\n  classes: "
                        + Path.of("target/test-classes").toAbsolutePath()
                        + "\n");
        assertThat(run("check", "--desired")).isEqualTo(4);
        assertThat(terminal.stdout).startsWith("differs: table public.users\n");
    }

    @Test
    void errorsInTheSchemaLeaveNoFile() throws IOException {
        schema("CREATE TABLE a (id int);\nCREATE TABLE b (id nonsense);\n");
        assertThat(run("revision", "--autogenerate")).isEqualTo(1);
        assertThat(terminal.stderr)
                .contains("all.sql:2")
                .contains("type \"nonsense\" does not exist");
        schema("CREATE EXTENSION no_such_extension;");
        assertThat(run("revision", "--autogenerate")).isEqualTo(1);
        assertThat(terminal.stderr).contains("no_such_extension").contains("SKEIN_POSTGRES_BIN");
        schema("SELECT pg_sleep(30);");
        assertThat(run("revision", "--autogenerate", "--timeout=1")).isEqualTo(1);
        assertThat(terminal.stderr).contains("all.sql:1").contains("statement timeout");
        assertThat(run("revision", "--autogenerate", "--postgres=13")).isEqualTo(1);
        assertThat(terminal.stderr).contains("this machine has no PostgreSQL 13");
        assertThat(files()).isEmpty();
    }

    @Test
    void scratchDatabasesAreNeverMadeBesideLiveOnes() throws IOException {
        assertThat(run("check", "--desired", "--scratch-url=" + database.address().url()))
                .isEqualTo(2);
        assertThat(terminal.stderr).contains("databases of skein.yaml are on it");
        var file = folder.resolve("skein.yaml");
        var text = Files.readString(file);
        var server =
                text.substring(text.indexOf("databases:"))
                        .replace("databases:\n  dev:", "scratch:");
        Files.writeString(file, "revisions: revisions\ndesired: schema\n" + server);
        assertThat(run("check", "--desired")).as(terminal.stderr).isEqualTo(4);
        assertThat(terminal.stdout).contains("differs: table public.users");
    }

    @Test
    void differencesAreSaidAsSqlToo() throws IOException {
        database.run("CREATE TABLE users (id int PRIMARY KEY)");
        assertThat(run("diff", "dev", folder.resolve("schema").toString(), "--sql")).isEqualTo(4);
        assertThat(terminal.stdout).isEqualTo("ALTER TABLE public.users ADD COLUMN mail text;");
        assertThat(run("diff", "schema:" + folder.resolve("schema"), "dev", "--sql")).isEqualTo(4);
        assertThat(terminal.stdout).contains("-- This loses every value of public.users.mail.");
        assertThat(run("diff", "dev", "revision:nothing")).isEqualTo(2);
        assertThat(run("diff", "dev", "schema:/no/such/place")).isEqualTo(2);
    }

    @Test
    void whatBlocksATableInUseIsFoundWithItsLineAndItsSize() throws IOException {
        database.run("CREATE TABLE users (id int PRIMARY KEY, mail text)");
        database.run("INSERT INTO users SELECT g FROM generate_series(1, 1000) g; ANALYZE users");
        Files.writeString(
                folder.resolve("revisions/1.sql"),
                "--@ revision: r1\n--@ revises:\n--@ upgrade\n"
                        + "CREATE TABLE users (id int PRIMARY KEY, mail text);\n"
                        + "--@ downgrade\nDROP TABLE users;\n");
        assertThat(run("lint", "--all")).isZero();
        Files.writeString(
                folder.resolve("revisions/2.sql"),
                "--@ revision: r2\n--@ revises: r1\n--@ upgrade\n\n"
                        + "CREATE INDEX users_mail ON users (mail);\n"
                        + "--@ downgrade\nDROP INDEX users_mail;\n");
        assertThat(run("lint", "--since=r1")).isEqualTo(4);
        assertThat(terminal.stdout)
                .contains("2.sql:5: error SK101 index-not-concurrent")
                .contains("    CREATE INDEX users_mail ON users (mail);")
                .contains("Instead: CREATE INDEX CONCURRENTLY");
        assertThat(run("lint", "--database=dev")).isEqualTo(4);
        assertThat(terminal.stdout).contains("public.users: about 1,000 rows");
        assertThat(run("lint", "--github")).isEqualTo(4);
        assertThat(terminal.stdout).startsWith("::error file=").contains(",line=5,title=SK101");
        assertThat(run("lint", "--sarif")).isEqualTo(4);
        assertThat(terminal.stdout)
                .contains("\"ruleId\"")
                .contains("2.1.0")
                .contains("\"fullDescription\"", "\"help\"", "SHARE lock until the transaction");
        assertThat(run("lint", "--fail-on=never")).isZero();
        assertThat(run("lint", "--fail-on=sometimes")).isEqualTo(2);
        assertThat(run("lint", "--all", "--since=r1")).isEqualTo(2);
        var file = folder.resolve("skein.yaml");
        Files.writeString(file, Files.readString(file) + "lint: {SK101: advice}\n");
        assertThat(run("lint")).isZero();
        Files.writeString(file, Files.readString(file).replace("advice", "loud"));
        assertThat(run("lint")).isEqualTo(2);
        assertThat(terminal.stderr).contains("'loud' is none of off, advice, warning, error");
    }

    @Test
    void rehearsalsTellWhichWayBackIsBroken() throws IOException {
        Files.writeString(
                folder.resolve("revisions/1.sql"),
                "--@ revision: r1\n--@ revises:\n--@ upgrade\nCREATE TABLE a (id int);\n"
                        + "--@ downgrade\nDROP TABLE a;\n");
        assertThat(run("rehearse")).isZero();
        assertThat(terminal.stdout).startsWith("shape-proven  r1");
        Files.writeString(
                folder.resolve("revisions/2.sql"),
                "--@ revision: r2\n--@ revises: r1\n--@ message: <b>\n--@ upgrade\n"
                        + "CREATE TABLE b (id int); CREATE TABLE c (id int);\n"
                        + "--@ downgrade\nDROP TABLE b;\n");
        var page = folder.resolve("report.html");
        assertThat(run("rehearse", "--all", "--html=" + page)).isEqualTo(4);
        assertThat(terminal.stdout).contains("differs  r2").contains("table public.c is there");
        assertThat(Files.readString(page)).contains("&lt;b>").contains("table public.c is there");
        assertThat(run("rehearse", "r1:r2", "--json")).isEqualTo(4);
        assertThat(terminal.stdout).contains("\"checksum\"").contains("shape-proven");
        assertThat(run("rehearse", "r1", "--all")).isEqualTo(2);
    }

    private void revision(String id, String revises, String up, String down) throws IOException {
        Files.writeString(
                folder.resolve("revisions/" + id + ".sql"),
                "--@ revision: %s\n--@ revises: %s\n--@ upgrade\n%s;\n--@ downgrade\n%s;\n"
                        .formatted(id, revises, up, down));
    }

    @Test
    void rehearsalsStartFromRowsOfADatabase() throws IOException {
        revision("r1", "", "CREATE TABLE a (id int PRIMARY KEY, x text)", "DROP TABLE a");
        revision("r2", "r1", "ALTER TABLE a DROP x", "ALTER TABLE a ADD x text");
        revision("r3", "r2", "ALTER TABLE a ADD y int", "ALTER TABLE a DROP y");
        assertThat(run("rehearse", "--data=dev")).isEqualTo(1);
        assertThat(terminal.stderr).contains("it has no journal");
        assertThat(run("upgrade", "r1")).isZero();
        database.run("INSERT INTO a VALUES (1, 'one'), (2, 'two')");
        database.run("CREATE VIEW by_hand AS SELECT id FROM a"); // in no revision
        assertThat(run("rehearse", "--data=dev")).isEqualTo(4);
        assertThat(terminal.stderr).contains("Sampled 2 rows of dev");
        assertThat(terminal.stdout)
                .contains("lossy  r2")
                .contains("public.a: other values in x")
                .contains("data-proven  r3")
                .doesNotContain("r1");
        assertThat(run("rehearse", "r1", "--data=dev")).isEqualTo(2);
        assertThat(terminal.stderr).contains("it is applied where the rows come from");
        var file = folder.resolve("backup");
        Files.writeString(file, "nothing");
        assertThat(run("rehearse", "--data=" + file)).isEqualTo(1);
        assertThat(terminal.stderr).contains("it cannot be restored");
    }

    @Test
    void headsAreJoinedWhereTheirOrderIsOfNoAccount() throws IOException {
        revision("r1", "", "CREATE TABLE a (id int)", "DROP TABLE a");
        revision("r2", "r1", "ALTER TABLE a ADD x text", "ALTER TABLE a DROP x");
        revision("r3", "r1", "CREATE VIEW v AS SELECT * FROM a", "DROP VIEW v");
        assertThat(run("merge", "--check")).isEqualTo(4);
        assertThat(terminal.stderr).contains("differs: r2 then r3").contains("view public.v");
        assertThat(run("merge", "--if-commuting")).isEqualTo(4);
        assertThat(files()).hasSize(3);
        revision("r3", "r1", "CREATE TABLE b (id int)", "DROP TABLE b");
        assertThat(run("merge", "--check")).isZero();
        assertThat(terminal.stderr).contains("the same schema in every order");
        assertThat(files()).hasSize(3); // it only answers
        assertThat(run("merge", "--if-commuting")).isZero();
        assertThat(files()).hasSize(4);
    }
}
