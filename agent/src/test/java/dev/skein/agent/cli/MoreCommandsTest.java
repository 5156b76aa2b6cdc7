// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.testing.TestDatabase;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MoreCommandsTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir Path folder;

    private final Terminal terminal = new Terminal();

    @BeforeEach
    void revisions() throws IOException {
        write("a", "", "CREATE TABLE a (id int)", "DROP TABLE a");
        write("b", "a", "CREATE TABLE b (id int)", "DROP TABLE b");
        write("c", "a", "CREATE TABLE c (id int)", "DROP TABLE c");
        write("d", "b, c", "SELECT 1", "SELECT 1");
    }

    private void write(String id, String revises, String up, String down) throws IOException {
        Files.writeString(
                folder.resolve(id + ".sql"),
                "--@ revision: %s\n--@ revises: %s\n--@ message: make %s\n\n--@ upgrade\n%s;\n\n--@ downgrade\n%s;\n"
                        .formatted(id, revises, id, up, down));
    }

    private static String url(DatabaseAddress address) {
        return address.url().replace("@", ":test%20secret@");
    }

    private int run(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.add("--revisions=" + folder);
        return terminal.skein(all.toArray(String[]::new));
    }

    private int onDatabase(String... words) {
        var all = new ArrayList<>(List.of(words));
        all.add("--url=" + url(database.address()));
        return run(all.toArray(String[]::new));
    }

    @Test
    void branchesShowAndDrawnHistory() {
        assertThat(run("branches")).isZero();
        assertThat(terminal.stdout.lines())
                .containsExactly("a (branchpoint) make a", "    -> b make b", "    -> c make c");
        assertThat(run("show", "b")).isZero();
        assertThat(terminal.stdout).contains("CREATE TABLE b (id int);");
        assertThat(terminal.stderr).contains("revises  a").contains("way back yes");
        assertThat(run("history", "--graph")).isZero();
        assertThat(terminal.stdout).startsWith("* d (head, mergepoint), make d\n|\\\n");
    }

    @Test
    void checkTellsCleanBehindAndDifferentApart() throws IOException {
        assertThat(onDatabase("check")).isEqualTo(3);
        assertThat(onDatabase("upgrade", "b")).isZero();
        assertThat(onDatabase("check", "--json")).isEqualTo(3);
        assertThat(terminal.stdout).contains("\"answer\":\"behind\"").contains("not applied: c");
        assertThat(onDatabase("upgrade")).isZero();
        assertThat(onDatabase("check")).isZero();
        database.run("CREATE INDEX by_hand ON a (id)");
        assertThat(onDatabase("check")).isEqualTo(4);
        assertThat(terminal.stdout)
                .contains("changed by somebody else: added index public.by_hand")
                .contains("CREATE INDEX by_hand ON public.a USING btree (id)");
        assertThat(onDatabase("check", "--json")).isEqualTo(4);
        assertThat(terminal.stdout).contains("\"name\":\"public.by_hand\"");
        assertThat(onDatabase("upgrade")).isZero(); // it has nothing to do
        assertThat(onDatabase("downgrade", "-1")).isEqualTo(4);
        assertThat(terminal.stderr).contains("added index public.by_hand: definition CREATE");
        assertThat(onDatabase("upgrade", "--accept-drift", "kept")).isZero();
        assertThat(terminal.stderr).contains("added index public.by_hand: definition CREATE");
        database.run("DROP INDEX by_hand");
        write("b", "a", "CREATE TABLE b (id bigint)", "DROP TABLE b");
        assertThat(onDatabase("check")).isEqualTo(4);
        assertThat(terminal.stdout).contains("revision b was applied with checksum");
    }

    @Test
    void aJournalWithoutRowsIsNamedAsWhatItIs() {
        assertThat(onDatabase("upgrade")).isZero();
        database.run("DELETE FROM skein.entry; DELETE FROM skein.state; DELETE FROM skein.relay");
        for (var command : List.of("current", "check", "upgrade")) {
            assertThat(onDatabase(command)).as(command).isEqualTo(1);
            assertThat(terminal.stdout + terminal.stderr)
                    .contains("tables and no rows")
                    .contains("DROP SCHEMA skein CASCADE");
        }
    }

    @Test
    void aJournalThatWasCopiedAloneIsNamedAsWhatItIs() {
        assertThat(onDatabase("upgrade")).isZero();
        database.run("DROP SCHEMA public CASCADE; CREATE SCHEMA public");
        assertThat(onDatabase("check")).isEqualTo(4);
        assertThat(terminal.stdout)
                .contains("nothing of the schema that its last run left is there")
                .contains("DROP SCHEMA skein CASCADE");
        assertThat(onDatabase("downgrade", "-1")).isEqualTo(4);
        assertThat(terminal.stderr).contains("the journal alone was copied");
    }

    @Test
    void whatAnotherToolMadeAfterARunIsAdoptedWithAReason() {
        assertThat(onDatabase("upgrade")).isZero();
        assertThat(onDatabase("downgrade", "base")).isZero();
        database.run(
                """
                CREATE TABLE alembic_version (version_num text);
                INSERT INTO alembic_version VALUES ('a'); CREATE TABLE a (id int)\
                """);
        assertThat(onDatabase("adopt")).isEqualTo(4);
        assertThat(terminal.stderr).contains("added table public.a").contains("--accept-drift");
        assertThat(onDatabase("adopt", "--accept-drift", "it was alembic")).isZero();
        assertThat(onDatabase("current")).isZero();
        assertThat(terminal.stdout).startsWith("a (");
        assertThat(onDatabase("adopt", "--moved", "--accept-drift", "why")).isEqualTo(2);
    }

    @Test
    void headsThatTheFolderLacksAreToldWithTheirOrigin() throws IOException {
        assertThat(onDatabase("upgrade")).isZero();
        Files.delete(folder.resolve("d.sql"));
        assertThat(onDatabase("upgrade", "heads")).isEqualTo(1);
        assertThat(terminal.stderr)
                .contains("it is at d, which these revisions do not have (applied 20")
                .contains("by " + System.getProperty("user.name"));
        assertThat(onDatabase("check")).isEqualTo(4);
        assertThat(onDatabase("stamp", "--purge", "b", "c")).isZero();
        assertThat(onDatabase("check")).isZero();
    }

    @Test
    void dryRunAndSqlChangeNothing() {
        assertThat(onDatabase("stamp", "a")).isZero();
        assertThat(onDatabase("upgrade", "heads", "--dry-run")).isZero();
        assertThat(terminal.stdout.lines())
                .containsExactly("up b make b", "up c make c", "up d make d");
        assertThat(onDatabase("upgrade", "heads", "--sql")).isZero();
        var sql = terminal.stdout;
        assertThat(onDatabase("current")).isZero();
        assertThat(terminal.stdout).isEqualTo("a (3 behind)");
        assertThat(sql).startsWith("\\set ON_ERROR_STOP on");
        database.run(sql.replace("\\set ON_ERROR_STOP on", ""));
        assertThat(onDatabase("current")).isZero();
        assertThat(terminal.stdout).isEqualTo("d (head)");
        assertThat(database.value("SELECT count(*) FROM skein.entry")).isEqualTo("6");
        assertThat(onDatabase("downgrade", "b")).isZero();
    }

    @Test
    void theSqlOfARunIsReadableAndPsqlKeepsTheJournalWithIt() throws Exception {
        assertThat(onDatabase("upgrade", "--sql")).isZero();
        assertThat(terminal.stderr).contains("has no journal yet");
        assertThat(terminal.stdout)
                .contains("-- Upgrade to a")
                .endsWith("-- Afterwards: skein stamp d");
        assertThat(onDatabase("stamp", "base")).isZero();
        assertThat(onDatabase("upgrade", "--sql")).isZero();
        var sql = terminal.stdout;
        var steps = sql.substring(sql.indexOf("-- Upgrade to a"));
        assertThat(steps.lines().count()).isLessThan(120); // four revisions
        assertThat(sql.split("WITH RECURSIVE|full_item", -1).length).isLessThan(6);
        var file = Files.writeString(folder.resolve("run.txt"), sql);
        var program = TestServer.get().programs().bin().resolve("psql");
        assumeTrue(Files.isExecutable(program), "this server was packaged without it");
        var psql =
                new ProcessBuilder(
                                program.toString(),
                                "-qX",
                                "-f",
                                file.toString(),
                                url(database.address()))
                        .redirectErrorStream(true)
                        .start();
        var said = new String(psql.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(psql.waitFor()).as(said).isZero();
        assertThat(onDatabase("check")).isZero();
        assertThat(onDatabase("current", "--json")).isZero();
        assertThat(terminal.stdout)
                .contains("\"heads\":[\"d\"]")
                .doesNotContain("\"fingerprint\":null");
        assertThat(onDatabase("upgrade", "--sql", "--plain")).isZero();
        assertThat(terminal.stdout).doesNotContain("skein.state");
        assertThat(onDatabase("downgrade", "a", "--sql", "--plain")).isZero();
        assertThat(terminal.stdout).contains("DROP TABLE b").doesNotContain("skein.state");
        assertThat(onDatabase("upgrade", "--plain")).isEqualTo(2);
    }

    @Test
    void sqlOfARangeNeedsNoDatabase() {
        assertThat(run("upgrade", "a:head", "--sql")).isZero();
        assertThat(terminal.stdout)
                .contains("CREATE TABLE b")
                .contains("-- Afterwards: skein stamp d")
                .doesNotContain("CREATE TABLE a")
                .doesNotContain("skein.state");
        assertThat(run("downgrade", "b:a", "--sql")).isZero();
        assertThat(terminal.stdout).contains("DROP TABLE b").doesNotContain("DROP TABLE c");
        assertThat(onDatabase("upgrade", "a:b")).isEqualTo(2);
        assertThat(terminal.stderr).contains("a range is for --sql only");
    }

    @Test
    void manyDatabasesInOneRun() throws IOException {
        var urls = new ArrayList<String>(List.of("upgrade", "heads", "--parallel=3"));
        for (int i = 0; i < 5; i++) {
            urls.add("--url=" + url(database.address(database.create())));
        }
        assertThat(run(urls.toArray(String[]::new))).isZero();
        assertThat(terminal.stderr.lines()).last().isEqualTo("5 of 5 done");
        write("e", "d", "SELECT 1/0", "SELECT 1");
        assertThat(run(urls.toArray(String[]::new))).isEqualTo(1);
        assertThat(terminal.stderr).contains("not started").contains("division by zero");
        urls.add("--keep-going");
        assertThat(run(urls.toArray(String[]::new))).isEqualTo(1);
        assertThat(terminal.stderr).contains("5 failed").contains("5 × revision e failed");
    }

    @Test
    void severalDatabasesAreLookedAtAndPlannedInOneCommand() {
        var other = "--url=" + url(database.address(database.create()));
        assertThat(onDatabase("upgrade", "b")).isZero();
        assertThat(onDatabase("current", other)).isZero();
        assertThat(terminal.stdout.lines())
                .satisfiesExactlyInAnyOrder(
                        line -> assertThat(line).endsWith(": b (2 behind)"),
                        line -> assertThat(line).endsWith(": base (no journal yet, 4 behind)"));
        assertThat(onDatabase("current", other, "--check-heads", "--json")).isEqualTo(3);
        assertThat(terminal.stdout).startsWith("[{\"database\":").contains("\"behind\":2");
        assertThat(onDatabase("upgrade", "heads", "--dry-run", other)).isZero();
        assertThat(terminal.stdout.lines()).hasSize(6);
        assertThat(onDatabase("upgrade", "heads", "--sql", other)).isEqualTo(2);
        var gone = "--url=postgresql://u@127.0.0.1:1/gone";
        assertThat(onDatabase("current", gone)).isEqualTo(1);
        assertThat(terminal.stderr).contains("nothing accepts connections");
        assertThat(terminal.stdout).endsWith(": b (2 behind)");
        assertThat(onDatabase("upgrade", "heads", "--dry-run", gone)).isEqualTo(1);
        assertThat(terminal.stdout.lines()).hasSize(2);
    }

    @Test
    void aFailureOnOneOfSeveralSaysWhereItIsAndPointsAtThePlace() throws IOException {
        var other = database.address(database.create());
        database.run("CREATE TABLE only_here (id int)");
        try (var session = database.client().open(other, "test", Map.of())) {
            session.script("CREATE TABLE only_here (no int)", Duration.ofMinutes(1));
        }
        write("d", "b, c", "CREATE TABLE d ();\nSELECT\n\tno FROM only_here", "SELECT 1");
        write("e", "d", "CREATE TABLE e (id int)", "DROP TABLE e");
        assertThat(onDatabase("upgrade", "--url=" + url(other), "--keep-going")).isEqualTo(1);
        assertThat(terminal.stderr)
                .contains("done " + other + " at e (5)")
                .contains("failed " + database.address() + ": ");
        assertThat(terminal.stderr.lines().map(line -> line.replaceFirst("^ +\\d+", "")))
                .containsSubsequence(
                        " |     no FROM only_here",
                        "    |     ^",
                        "Nothing of revision d was changed; the database is at b, c.");
        write("d", "b, c", "SELECT 1", "SELECT 1");
        write("e", "d", "CREATE TABLE e (id int);\nDROP TABLE missing", "DROP TABLE e");
        var json = List.of("upgrade", "--json", "--keep-going", "--url=" + url(other));
        assertThat(onDatabase(json.toArray(String[]::new))).isEqualTo(1);
        assertThat(terminal.stderr)
                .contains("Nothing of revision e was changed; the database is at");
    }

    @Test
    void oneThatNeverAnswersDoesNotTakeAwayWhatIsKnownOfTheOthers() throws IOException {
        assertThat(onDatabase("upgrade", "heads")).isZero();
        try (var silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var never = "127.0.0.1:" + silent.getLocalPort() + "/never";
            assertThat(onDatabase("check", "--url=postgresql://u@" + never)).isEqualTo(1);
            assertThat(terminal.stdout)
                    .contains(never + ": failed")
                    .contains("no answer within 10 s")
                    .contains(database.address() + ": clean at d");
        }
    }

    @Test
    void whereTenantsAreSchemasOneThatIsNotReachedIsNamedBesideTheOthers() {
        database.run("CREATE SCHEMA t_1; CREATE SCHEMA t_2");
        var gone = "--url=postgresql://u@127.0.0.1:1/gone";
        assertThat(onDatabase("check", gone, "--schema=t_*")).isEqualTo(1);
        assertThat(terminal.stdout)
                .contains("/gone t_*: failed")
                .contains(" t_1: behind")
                .contains(" t_2: behind");
        assertThat(onDatabase("upgrade", gone, "--schema=t_*", "--keep-going")).isEqualTo(1);
        assertThat(terminal.stderr).contains("2 of 3 done").contains("/gone t_*");
    }

    @Test
    void tenantsThatAreSchemas() {
        database.run("CREATE SCHEMA t_1; CREATE SCHEMA t_2; CREATE SCHEMA other");
        assertThat(onDatabase("upgrade", "heads", "--schema=t_*", "--json")).isZero();
        assertThat(terminal.stdout).contains("t_1\"").contains("t_2\"").doesNotContain("other\"");
        assertThat(onDatabase("current", "--schema=t_2")).isZero();
        assertThat(terminal.stdout).isEqualTo("d (head)");
        assertThat(onDatabase("check", "--schema=t_*")).isZero();
        assertThat(onDatabase("upgrade", "--schema=none_*")).isEqualTo(2);
    }

    @Test
    void twoDatabasesAreCompared() {
        var other = database.address(database.create());
        assertThat(onDatabase("upgrade", "b")).isZero();
        assertThat(run("diff", url(database.address()), url(database.address()))).isZero();
        assertThat(run("diff", url(database.address()), url(other))).isEqualTo(4);
        assertThat(terminal.stdout).contains("- table public.a").contains("- column public.b.id");
    }

    @ParameterizedTest
    @ValueSource(strings = {"bash", "zsh", "fish"})
    void completionNamesEveryCommand(String shell) {
        assertThat(terminal.skein("completion", shell)).isZero();
        assertThat(terminal.stdout)
                .contains("upgrade")
                .contains("import")
                .contains("rollout")
                .contains("lock-timeout");
        assertThat(terminal.skein("completion", "tcsh")).isEqualTo(2);
    }

    @Test
    void sqlRefusesASchemaThatSomebodyChangedSinceItWasWritten() {
        assertThat(onDatabase("upgrade", "a")).isZero();
        for (var left :
                List.of("", "UPDATE skein.state SET fingerprint = '4' || substr(fingerprint, 2)")) {
            database.run(left.isEmpty() ? "SELECT 1" : left);
            assertThat(onDatabase("upgrade", "heads", "--sql")).isZero();
            var sql = terminal.stdout.replace("\\set ON_ERROR_STOP on", "");
            database.run("CREATE TABLE by_hand (id int)");
            assertThatThrownBy(() -> database.run(sql))
                    .hasMessageContaining("the schema was changed by somebody else");
            database.run("DROP TABLE by_hand");
            assertThat(onDatabase("current")).isZero();
            assertThat(terminal.stdout).startsWith("a ");
        }
        assertThat(onDatabase("upgrade", "heads", "--sql", "--accept-drift", "why")).isEqualTo(2);
        assertThat(terminal.stderr).contains("a script is none").contains("skein stamp");
        assertThat(onDatabase("upgrade", "heads", "--sql")).isZero();
        var sql = terminal.stdout.replace("\\set ON_ERROR_STOP on", "");
        database.run(sql);
        assertThatThrownBy(() -> database.run(sql))
                .as("a second time")
                .hasMessageContaining("the journal moved on");
        assertThat(onDatabase("check")).isZero();
    }

    @Test
    void sqlSaysInTheJournalThatNobodyKnewHowTheSchemaHadToBe() {
        assertThat(onDatabase("upgrade", "a")).isZero();
        database.run("UPDATE skein.state SET fingerprint = NULL");
        assertThat(onDatabase("upgrade", "heads", "--sql")).isZero();
        database.run(terminal.stdout.replace("\\set ON_ERROR_STOP on", ""));
        assertThat(
                        database.value(
                                "SELECT count(*) FROM skein.entry WHERE convert_from(envelope,"
                                        + " 'UTF8') LIKE '%\"outcome\":\"unknown\"%'"))
                .isEqualTo("1");
        assertThat(onDatabase("check")).isZero();
        assertThat(onDatabase("downgrade", "base")).isZero();
    }

    @Test
    void sqlMeansWhatARunMeansWhateverTheDatabasesDefaults() throws IOException {
        write("e", "d", "CREATE TABLE e AS SELECT '02/01/2026'::date AS day", "DROP TABLE e");
        var name = database.address().database();
        database.run("ALTER DATABASE " + name + " SET datestyle = 'ISO, DMY'");
        assertThat(onDatabase("stamp", "base")).isZero();
        assertThat(onDatabase("upgrade", "heads", "--sql")).isZero();
        database.run(terminal.stdout.replace("\\set ON_ERROR_STOP on", ""));
        assertThat(database.value("SELECT day::text FROM e")).isEqualTo("2026-02-01");
    }

    @Test
    void sqlForATenantsSchemaRunsInIt() {
        database.run("CREATE SCHEMA t_1");
        assertThat(onDatabase("stamp", "base", "--schema=t_1")).isZero();
        assertThat(onDatabase("upgrade", "heads", "--sql", "--schema=t_1")).isZero();
        database.run(terminal.stdout.replace("\\set ON_ERROR_STOP on", ""));
        assertThat(database.value("SELECT to_regclass('t_1.c') IS NOT NULL")).isEqualTo("true");
        assertThat(database.value("SELECT to_regclass('public.c') IS NULL")).isEqualTo("true");
        assertThat(onDatabase("check", "--schema=t_1")).isZero();
    }

    @Test
    void aPreviewRefusesWhatARunWouldRefuse() throws IOException {
        assertThat(onDatabase("upgrade", "--dry-run", "heads")).isZero();
        assertThat(terminal.stdout).startsWith("up a make a");
        assertThat(database.value("SELECT to_regclass('skein.state') IS NULL")).isEqualTo("true");
        assertThat(onDatabase("upgrade")).isZero();
        Files.writeString(
                folder.resolve("e.sql"),
                "--@ revision: e\n--@ revises: d\n--@ upgrade\nSELECT 1;\n--@ downgrade:"
                        + " irreversible \"gone\"\n");
        assertThat(onDatabase("upgrade")).isZero();
        for (var how : new String[] {"--sql", "--dry-run"}) {
            assertThat(onDatabase("downgrade", "d", how)).isEqualTo(1);
            assertThat(terminal.stderr).contains("irreversible: gone");
        }
        assertThat(onDatabase("stamp", "a", "--dry-run")).isEqualTo(2);
        assertThat(onDatabase("check")).isZero();
    }

    @Test
    void sqlChecksWhatARunChecks() throws IOException {
        Files.writeString(
                folder.resolve("e.sql"),
                "--@ revision: e\n--@ revises: d\n--@ precheck\nSELECT 1 = 1;\n--@ upgrade\nSELECT"
                        + " 5;\n--@ verify\nSELECT 2 = 2;\n--@ verify: after\nSELECT 3 = 3;\n");
        assertThat(run("upgrade", "d:e", "--sql")).isZero();
        assertThat(terminal.stdout)
                .containsSubsequence(
                        "BEGIN",
                        "SELECT 1 = 1",
                        "SELECT 5",
                        "SET CONSTRAINTS ALL IMMEDIATE",
                        "SELECT 2 = 2",
                        "COMMIT",
                        "SELECT 3 = 3");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--@ upgrade\nSELECT set_config('work_mem', '8MB', false);\n",
                "--@ upgrade\nSELECT 5;\n--@ verify: after\nSELECT 3 = 4;\n"
            })
    void ofWhatIsAppliedNobodyIsToldThatNothingWasChanged(String sections) throws IOException {
        Files.writeString(folder.resolve("e.sql"), "--@ revision: e\n--@ revises: d\n" + sections);
        assertThat(onDatabase("upgrade")).isEqualTo(1);
        assertThat(terminal.stdout + terminal.stderr)
                .contains("applied", "The database is at e.")
                .doesNotContain("was changed;");
    }

    @Test
    void aDatabaseThatCannotBeAskedDoesNotHideTheOthers() {
        assertThat(onDatabase("upgrade")).isZero();
        assertThat(onDatabase("check", "--url=postgresql://u@127.0.0.1:1/gone")).isEqualTo(1);
        assertThat(terminal.stdout)
                .contains(": clean at d")
                .contains("/gone: failed\n")
                .contains("Is the server up, and is the port right?");
    }

    @Test
    void aSchemaThatCannotBeComparedIsNotCleanUntilAPersonSaysSo() {
        assertThat(onDatabase("upgrade")).isZero();
        database.run("UPDATE skein.state SET fingerprint = '3' || substr(fingerprint, 2)");
        assertThat(onDatabase("upgrade")).isZero();
        assertThat(terminal.stderr.lines())
                .filteredOn(line -> line.startsWith("Not known: how its schema must be"))
                .singleElement()
                .asString()
                .contains("--accept-drift", "skein stamp d");
        assertThat(onDatabase("check")).isEqualTo(4);
        assertThat(terminal.stdout)
                .contains(": unknown at d", "its schema cannot be compared")
                .contains("--accept-drift", "skein stamp d");
        assertThat(onDatabase("upgrade", "--accept-drift", "compared by hand")).isZero();
        assertThat(terminal.stderr).contains("Not known: how its schema had to be");
        assertThat(onDatabase("check")).isZero();
    }

    @Test
    void aJournalThatCannotBeReadIsSaidToBeThat() {
        assertThat(onDatabase("upgrade")).isZero();
        database.run("ALTER TABLE skein.state RENAME COLUMN heads TO other");
        assertThat(onDatabase("current")).isEqualTo(1);
        assertThat(terminal.stderr).contains("no journal that this Skein can read: column");
        assertThat(onDatabase("check")).isEqualTo(1);
        assertThat(terminal.stdout).contains(": failed").doesNotContain("at base");
    }

    @Test
    void aTargetInTheWrongDirectionIsRefused() {
        assertThat(onDatabase("upgrade", "-1")).isEqualTo(2);
        assertThat(terminal.stderr).contains("an upgrade goes up").contains("skein downgrade -1");
        assertThat(onDatabase("downgrade", "+1")).isEqualTo(2);
        assertThat(terminal.stderr).contains("skein upgrade +1");
    }

    @Test
    void anEmptyFolderSaysWhatToDo() throws IOException {
        for (var file : List.of("a", "b", "c", "d")) {
            Files.delete(folder.resolve(file + ".sql"));
        }
        for (var command : List.of("history", "heads", "branches")) {
            assertThat(run(command)).isZero();
            assertThat(terminal.stderr).contains("Make the first: skein revision -m");
        }
    }
}
