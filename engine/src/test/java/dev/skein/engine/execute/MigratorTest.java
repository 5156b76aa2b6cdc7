// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.execute.check.StepRules;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.MigrationFailed;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.RunRefusal;
import dev.skein.engine.execute.session.JournalWriter;
import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class MigratorTest {
    @RegisterExtension final TestDatabase database = new TestDatabase();

    private MigrationSetting setting;

    @BeforeEach
    void prepare() {
        setting = new MigrationSetting(database);
    }

    private Outcome.Done done(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Done.class);
        return (Outcome.Done) outcome;
    }

    private MigrationFailed failed(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Failed.class);
        return ((Outcome.Failed) outcome).error();
    }

    private String refused(Outcome outcome) {
        assertThat(outcome).isInstanceOf(Outcome.Refused.class);
        return String.valueOf(((Outcome.Refused) outcome).reason().getMessage());
    }

    @Test
    void goesUpAndDownAndComesBackToTheSameFingerprint() {
        setting.table("a").table("b");
        String empty;
        try (var session = database.open()) {
            empty = CatalogReader.fingerprint(session).toString();
        }
        var up = done(setting.up());
        assertThat(up.path()).containsExactly("a", "b");
        assertThat(up.heads()).containsExactly("b");
        var down = done(setting.down("base"));
        assertThat(down.path()).containsExactly("b", "a");
        assertThat(String.valueOf(down.fingerprint())).isEqualTo(empty);
        assertThat(setting.kinds())
                .containsExactly(
                        "initialized",
                        "applied",
                        "applied",
                        "observed",
                        "reverted",
                        "reverted",
                        "observed");
    }

    @Test
    void aSecondRunDoesNothingAndWritesNothing() {
        setting.table("a").up();
        assertThat(done(setting.up()).path()).isEmpty();
        assertThat(setting.kinds()).containsExactly("initialized", "applied", "observed");
    }

    @Test
    void theJournalIsDenseAndChained() {
        setting.table("a").table("b").up();
        try (var session = database.open()) {
            var entries = new Journal(session, "").after(0, 100);
            assertThat(entries).hasSize(4).allMatch(Entry::isIntact);
            assertThat(entries).extracting(Entry::seq).containsExactly(1L, 2L, 3L, 4L);
            for (int i = 1; i < entries.size(); i++) {
                assertThat(entries.get(i).prevHash()).isEqualTo(entries.get(i - 1).hash());
            }
            var state = new Journal(session, "").read().orElseThrow();
            assertThat(state.hash()).isEqualTo(entries.getLast().hash());
        }
    }

    @Test
    void theFingerprintOfTheLastStepIsTheCatalogs() {
        var up = done(setting.table("a").table("b").up());
        try (var session = database.open()) {
            assertThat(up.fingerprint()).isEqualTo(CatalogReader.fingerprint(session));
            assertThat(up.fingerprint()).isEqualTo(CatalogReader.read(session).fingerprint());
        }
    }

    @Test
    void aFailureRollsBackItsRevisionAndNamesThePlace() {
        setting.table("a")
                .revision(
                        "b",
                        "--@ upgrade\n"
                                + "INSERT INTO a VALUES (1);\n\n"
                                + "INSERT INTO\n"
                                + "  a VALUES (1/0);\n"
                                + "SELECT 1;");
        var error = failed(setting.up());
        assertThat(error.sqlState()).isEqualTo("22012");
        assertThat(error.statement()).isEqualTo(2);
        assertThat(error).hasMessageContaining("b.sql:6, statement 2 of upgrade");
        assertThat(database.value("SELECT count(*) FROM a")).isEqualTo("0");
        assertThat(setting.kinds()).containsExactly("initialized", "applied", "failed");
        assertThat(setting.history().getLast().signature()).isEqualTo("22012 b#2");
        assertThat(setting.history().getLast().heads()).containsExactly("a");
    }

    @Test
    void positionsBecomeLines() {
        setting.revision("a", "--@ upgrade\nSELECT 1;\nSELECT 'ä',\n  nosuch;");
        assertThat(failed(setting.up())).hasMessageContaining("a.sql:6, statement 2 of upgrade");
        setting = new MigrationSetting(database);
        setting.revision("a", "--@ upgrade\nSELECT 1;\nSELEC 2;");
        assertThat(failed(setting.up()).statement()).isEqualTo(2);
    }

    @Test
    void rowValuesStayInTheTenantsJournal() {
        setting.revision(
                "a",
                "--@ upgrade\nCREATE TABLE t (mail text);"
                        + "INSERT INTO t VALUES ('x@example.org'), ('x@example.org');\n"
                        + "CREATE UNIQUE INDEX t_mail ON t (mail);");
        var error = failed(setting.up());
        assertThat(error.signature()).isEqualTo("23505 a#3 t_mail");
        assertThat(error.getMessage()).doesNotContain("example.org");
        var last = setting.history().getLast();
        assertThat(new String(last.bytes(), java.nio.charset.StandardCharsets.UTF_8))
                .doesNotContain("example.org");
        assertThat(database.value("SELECT detail FROM skein.entry ORDER BY seq DESC"))
                .contains("example.org");
    }

    @Test
    void verifyRollsBackOnFalseNullAndNoRow() {
        for (var check : List.of("SELECT false", "SELECT NULL::bool", "SELECT true WHERE false")) {
            setting = new MigrationSetting(database);
            setting.revision(
                    "a", "--@ upgrade\nCREATE TABLE t ();\n--@ verify\nSELECT true; " + check);
            var error = failed(setting.up());
            assertThat(error.sqlState()).isEqualTo("SK010");
            assertThat(error).hasMessageContaining("a.sql:6, statement 2 of verify");
            assertThat(database.value("SELECT to_regclass('t') IS NULL")).isEqualTo("true");
        }
    }

    @Test
    void verifyAfterSpeaksWhenTheRevisionStands() {
        setting.revision(
                "a",
                "--@ upgrade\nCREATE TABLE t ();\n--@ verify: after\nSELECT count(*) > 0 FROM t;");
        assertThat(failed(setting.up())).hasMessageContaining("the revision is applied");
        assertThat(setting.history().getLast().heads()).containsExactly("a");
    }

    @Test
    void deferredConstraintsAreCheckedBeforeVerify() {
        setting.revision(
                "a",
                "--@ upgrade\n"
                        + "CREATE TABLE p (id int PRIMARY KEY);CREATE TABLE c (p int REFERENCES p"
                        + " DEFERRABLE INITIALLY DEFERRED);INSERT INTO c VALUES (7);");
        assertThat(failed(setting.up()).sqlState()).isEqualTo("23503");
    }

    @Test
    void prechecksRefuseBeforeAnythingRuns() {
        setting.table("a").revision("b", "--@ precheck\nSELECT false;\n--@ upgrade\nSELECT 1;");
        assertThat(refused(setting.up())).contains("b.sql:4 is not true");
        assertThat(setting.kinds()).containsExactly("initialized");
    }

    @Test
    void prechecksOnThingsToComeWaitForThem() {
        setting.table("a")
                .revision("b", "--@ precheck\nSELECT count(*) = 0 FROM a;\n--@ upgrade\nSELECT 1;");
        assertThat(done(setting.up()).path()).containsExactly("a", "b");
    }

    @Test
    void aRevisionEditedAfterwardsIsNamedWithBothChecksums() {
        setting.table("a").up();
        var edited = new MigrationSetting(database);
        edited.revision("a", "--@ upgrade\nCREATE TABLE other ();").table("b");
        assertThat(refused(edited.up())).contains("revision a was applied with checksum");
        assertThat(setting.kinds()).hasSize(3);
    }

    @Test
    void unknownHeadsAreNamed() {
        setting.table("a").up();
        assertThat(refused(new MigrationSetting(database).table("z").up())).contains("it is at a");
    }

    @Test
    void aMissingOrRefusedWayDownIsSaidBeforeTheFirstStep() {
        setting.revision("a", "--@ upgrade\nSELECT 1;").table("b").up();
        assertThat(refused(setting.down("base"))).contains("revision a has no downgrade");
        var setting2 = new MigrationSetting(database);
        assertThat(database.value("SELECT cardinality(heads) FROM skein.state")).isEqualTo("1");
        setting2.revision(
                "x", "--@ upgrade\nSELECT 1;\n--@ downgrade: irreversible \"data is gone\"");
        assertThat(new Backwardness(setting2).message()).contains("data is gone");
    }

    @Test
    void aDowngradeWithoutAStatementIsNone() {
        setting.revision("a", "--@ upgrade\nCREATE TABLE a ();\n--@ downgrade\n-- nothing\n").up();
        assertThat(refused(setting.down("base"))).contains("revision a has no downgrade");
        var empty = new MigrationSetting(database);
        empty.revision("a", "--@ upgrade\nCREATE TABLE a ();\n--@ downgrade\n");
        empty.revision("b", "--@ upgrade\n");
        done(empty.up());
        assertThat(done(empty.down("a")).path()).containsExactly("b"); // it did nothing
    }

    @Test
    void whatWouldDoOtherwiseIsRefusedBeforeItRunsAndPassedOverWhereItIsApplied() {
        var nonTransactional =
                "--@ transaction: none\n%s\n--@ upgrade\nSET LOCAL work_mem = '8MB';\n%s";
        var more = "CREATE TABLE a (i int);\n--@ downgrade\nDROP TABLE a;";
        var allowed = "--@ allow: SK901 \"it did nothing\"";
        done(setting.revision("a", nonTransactional.formatted(allowed, more)).up());
        var today = new MigrationSetting(database);
        today.revision("a", nonTransactional.formatted("", more)).table("b");
        assertThat(done(today.up()).path()).containsExactly("b");
        assertThat(done(today.down("base")).path()).containsExactly("b", "a");
        var before = today.kinds();
        assertThat(refused(today.up()))
                .contains("a.sql:6")
                .contains("SET LOCAL holds for no other");
        assertThat(today.kinds()).isEqualTo(before);
        assertThat(database.value("SELECT to_regclass('a') IS NULL")).isEqualTo("true");
    }

    @Test
    void rowsThatWereReadOtherwiseWhenTheyWereAppliedAreNoEdit() {
        var copy = "--@ upgrade\nCREATE TABLE a (b text);\nCOPY a (b) FROM stdin;\n%s\n\\.\n";
        done(setting.revision("a", copy.formatted("caf\u00c3\u00a9")).up()); // as it was read then
        var today = new MigrationSetting(database).revision("a", copy.formatted("caf\\303\\251"));
        assertThat(done(today.table("b").up()).path()).containsExactly("b");
        var edited = new MigrationSetting(database).revision("a", copy.formatted("caf\\303\\252"));
        assertThat(refused(edited.table("b").table("c").up())).contains("applied with checksum");
    }

    private record Backwardness(MigrationSetting setting) {
        String message() {
            var plan =
                    new dev.skein.engine.plan.Planner(setting.scripts().graph(), List.of("x"))
                            .downgrade("base");
            try {
                new StepRules("db", setting.scripts()).check(plan);
                return "";
            } catch (RunRefusal e) {
                return String.valueOf(e.getMessage());
            }
        }
    }

    @Test
    void stampWritesHeadsOnly() {
        setting.table("a").table("b");
        assertThat(done(setting.run(new Goal.Stamp(List.of("a"), false))).heads())
                .containsExactly("a");
        assertThat(database.value("SELECT to_regclass('a') IS NULL")).isEqualTo("true");
        assertThat(done(setting.up()).path()).containsExactly("b");
    }

    @Test
    void stampWithPurgeForgetsUnknownHeads() {
        setting.table("a").up();
        var other = new MigrationSetting(database).table("z");
        assertThat(refused(other.run(new Goal.Stamp(List.of("z"), false)))).contains("it is at a");
        assertThat(done(other.run(new Goal.Stamp(List.of("z"), true))).heads())
                .containsExactly("z");
    }

    @Test
    void theBrakeHoldsBetweenSteps() {
        setting.table("a").table("b").table("c");
        var asked = new AtomicInteger();
        var outcome =
                setting.run(
                        setting.order(new Goal.Upgrade("heads"), 4L),
                        () -> asked.incrementAndGet() > 2);
        assertThat(outcome).isEqualTo(new Outcome.Held(List.of("a", "b"), List.of("b")));
        assertThat(done(setting.run(new Goal.Upgrade("heads"), 5L)).path()).containsExactly("c");
    }

    @Test
    void aLowerGenerationIsSuperseded() {
        setting.table("a");
        done(setting.run(new Goal.Upgrade("heads"), 7L));
        assertThat(setting.run(new Goal.Upgrade("heads"), 6L)).isEqualTo(new Outcome.Superseded(7));
        done(setting.up()); // the command line has no generation and is not refused
    }

    @Test
    void aRedeliveredDirectiveAddsNothing() {
        setting.table("a");
        done(setting.run(new Goal.Upgrade("heads"), 7L));
        var before = setting.kinds();
        assertThat(setting.run(new Goal.Upgrade("heads"), 7L))
                .isEqualTo(new Outcome.Answered(List.of("a")));
        assertThat(setting.kinds()).isEqualTo(before);
        done(setting.run(new Goal.Upgrade("heads"), 8L)); // a new one is answered
        assertThat(setting.kinds()).hasSize(before.size() + 1).last().isEqualTo("observed");
    }

    @Test
    void aFailureIsNotRepeatedForTheSameGeneration() {
        setting.revision("a", "--@ upgrade\nSELECT 1/0;");
        failed(setting.run(new Goal.Upgrade("heads"), 7L));
        assertThat(setting.run(new Goal.Upgrade("heads"), 7L))
                .isEqualTo(new Outcome.Answered(List.of()));
        failed(setting.run(new Goal.Upgrade("heads"), 8L));
        assertThat(setting.kinds()).containsExactly("initialized", "failed", "failed");
    }

    @Test
    void anEmbeddedCommitIsSeen() {
        database.run("CREATE PROCEDURE public.sneaky() LANGUAGE plpgsql AS 'BEGIN COMMIT; END'");
        setting.revision("a", "--@ upgrade\nCREATE TABLE t ();\nCALL public.sneaky();");
        assertThat(failed(setting.up()).sqlState()).isEqualTo("2D000");
        assertThat(database.value("SELECT to_regclass('t') IS NULL")).isEqualTo("true");
    }

    @Test
    void aSettingLeftBehindIsReportedAndReset() {
        setting.revision("a", "--@ upgrade\nSELECT set_config('work_mem', '64kB', false);")
                .table("b");
        assertThat(failed(setting.up())).hasMessageContaining("work_mem");
        assertThat(done(setting.up()).path()).containsExactly("b");
    }

    @Test
    void whatAScriptSetsBackIsNotLeftBehind() {
        for (var last :
                List.of(
                        "CREATE TABLE p (c int PRIMARY KEY); INSERT INTO p VALUES (1) ON CONFLICT"
                                + " DO NOTHING",
                        "DO $$ BEGIN PERFORM 1; END $$",
                        "CREATE RULE r AS ON INSERT TO p DO INSTEAD NOTHING",
                        "SELECT set_config('work_mem', '64kB', true)",
                        "SELECT 1; -- Do this, or CALL somebody")) {
            setting.revision(
                    "r" + Integer.toHexString(last.hashCode()), "--@ upgrade\n" + last + ";");
            done(setting.up());
        }
    }

    @Test
    void onlyWhatIsLeftBehindIsNamedHoweverItWasSet() {
        database.run(
                "CREATE FUNCTION sets() RETURNS text LANGUAGE sql AS"
                        + " $$SELECT set_config('work_mem', '8MB', false)$$");
        for (var sql :
                List.of(
                        "SELECT set_config('work_mem', '8MB', false)",
                        "DO $$ BEGIN PERFORM set_config('work_mem', '8MB', false); END $$",
                        "SELECT sets()",
                        "WITH w AS (SELECT sets() AS s) SELECT s FROM w")) {
            setting.revision(
                    "r" + Integer.toHexString(sql.hashCode()), "--@ upgrade\n" + sql + ";");
            assertThat(failed(setting.up()).serverMessage())
                    .isEqualTo("it is applied, but changed the session's work_mem");
        }
    }

    @Test
    void aRoleOrSearchPathSetInAScriptEndsWithIt() {
        database.run("CREATE SCHEMA other");
        setting.revision("a", "--@ upgrade\nSET LOCAL search_path = other; CREATE TABLE t ();")
                .table("b");
        done(setting.up());
        assertThat(database.value("SELECT to_regclass('other.t') IS NOT NULL")).isEqualTo("true");
        assertThat(database.value("SELECT to_regclass('public.b') IS NOT NULL")).isEqualTo("true");
    }

    @Test
    void aLockTimeoutIsTriedAgainAndThenReported() throws Exception {
        setting.table("a").up();
        setting.revision("b", "--@ upgrade\nALTER TABLE a ADD COLUMN x int;");
        try (var blocker = database.open()) {
            blocker.script(
                    "BEGIN; LOCK TABLE a IN ACCESS SHARE MODE", java.time.Duration.ofSeconds(5));
            assertThat(failed(setting.up()).sqlState()).isEqualTo("55P03");
            blocker.script("ROLLBACK", java.time.Duration.ofSeconds(5));
        }
        assertThat(done(setting.up()).path()).containsExactly("b");
    }

    @Test
    void twoRunsAtOnceApplyEverythingOnce() throws Exception {
        database.run("CREATE TABLE counter (n int); INSERT INTO counter VALUES (0)");
        setting.revision("a", "--@ upgrade\nUPDATE counter SET n = n + 1;");
        var threads = new java.util.ArrayList<Thread>();
        for (int i = 0; i < 6; i++) {
            threads.add(Thread.ofVirtual().start(() -> setting.up()));
        }
        for (var thread : threads) {
            thread.join();
        }
        assertThat(database.value("SELECT n FROM counter")).isEqualTo("1");
        assertThat(setting.kinds()).containsExactly("initialized", "applied", "observed");
    }

    @Test
    void aDatabaseOfAnotherPlaceIsRefused() {
        setting.table("a").up();
        database.run("UPDATE skein.state SET system_identifier = '42'");
        assertThat(refused(setting.up())).contains("belongs to").contains("skein adopt");
    }

    @Test
    void missingRightsAreNamed() {
        database.run("DROP ROLE IF EXISTS poor; CREATE ROLE poor LOGIN PASSWORD 'poor'");
        var url = database.address().url().replace("postgres@", "poor@");
        var address = DatabaseAddress.parse(url).withPassword("poor");
        setting.table("a");
        var outcome =
                setting.run(setting.order(address, new Goal.Upgrade("heads"), null), Brake.OFF);
        assertThat(refused(outcome)).contains("user poor").contains("GRANT CREATE ON DATABASE");
    }

    @Test
    void aRoleNamedLikeTheJournalsSchemaDoesNotBuildInIt() {
        database.run("DROP ROLE IF EXISTS skein; CREATE ROLE skein SUPERUSER LOGIN PASSWORD 'x'");
        var url = database.address().url().replace("postgres@", "skein@");
        var address = DatabaseAddress.parse(url).withPassword("x");
        setting.table("a").table("b");
        done(setting.run(setting.order(address, new Goal.Upgrade("heads"), null), Brake.OFF));
        assertThat(database.value("SELECT to_regclass('public.b') IS NOT NULL")).isEqualTo("true");
    }

    @Test
    void unreachableAndWrongPasswordAreSaidWithoutThePassword() {
        setting.table("a");
        var wrong = database.address().withPassword("hunter2");
        var lost = setting.run(setting.order(wrong, new Goal.Upgrade("heads"), null), Brake.OFF);
        assertThat(((Outcome.Lost) lost).reason().getMessage())
                .contains("Check user, password")
                .doesNotContain("hunter2");
        var nobody = DatabaseAddress.parse("postgresql://u:secret@127.0.0.1:1/x");
        lost = setting.run(setting.order(nobody, new Goal.Upgrade("heads"), null), Brake.OFF);
        assertThat(((Outcome.Lost) lost).reason().getMessage())
                .contains("nothing accepts connections at 127.0.0.1:1")
                .doesNotContain("secret");
    }

    @Test
    void fiftyStatementsAndAFunctionBody() {
        var sql = new StringBuilder("--@ upgrade\n");
        for (int i = 0; i < 50; i++) {
            sql.append("CREATE TABLE t").append(i).append(" (id int);\n");
        }
        sql.append(
                "CREATE FUNCTION f() RETURNS int LANGUAGE sql AS $$ SELECT 1; $$;\n-- the end\n");
        setting.revision("a", sql.toString());
        done(setting.up());
        assertThat(database.value("SELECT f()")).isEqualTo("1");
    }

    @Test
    void aHolderThatWasFencedOutCannotWrite() {
        setting.table("a").up();
        try (var session = database.client().open(database.address(), "zombie", Map.of())) {
            var journal = new Journal(session, "");
            var stale = journal.read().orElseThrow();
            setting.table("b").up();
            var author = new dev.skein.engine.journal.Author("zombie", null, null);
            var chain =
                    new dev.skein.engine.journal.EntryChain(author, java.time.Clock.systemUTC());
            var draft =
                    new dev.skein.engine.journal.EntryDraft(
                            stale.heads(), "", new dev.skein.engine.journal.EntryBody.Stamped());
            org.assertj.core.api.Assertions.assertThatThrownBy(
                            () -> JournalWriter.append(session, journal, chain, stale, draft))
                    .hasMessageContaining("SK001");
        }
        assertThat(setting.kinds()).last().isEqualTo("observed");
    }

    @Test
    void aLargeRevisionDoesNotTakeTheBlameOfTheOneBeforeIt() {
        var large = new StringBuilder("--@ upgrade\n");
        for (int i = 0; i < 40; i++) {
            large.append("SELECT '").append("x".repeat(40_000)).append("';\n");
        }
        large.append("CREATE TABLE large (id int);\n");
        setting.revision("a", "--@ upgrade\nSELECT 1/0;").revision("b", large.toString());
        assertThat(failed(setting.up()).signature()).startsWith("22012 a#1");
        var good =
                new MigrationSetting(database)
                        .table("a")
                        .revision("b", large.toString())
                        .table("c");
        assertThat(done(good.up()).path()).containsExactly("a", "b", "c");
    }

    @Test
    void norDoesOneWhoseQuotesMakeItLarge() {
        var large = "--@ upgrade\n" + ("SELECT '" + "''".repeat(20_000) + "';\n").repeat(11);
        setting.revision("a", "--@ upgrade\nSELECT 1/0;").revision("b", large);
        assertThat(failed(setting.up()).signature()).startsWith("22012 a#1");
        var good = new MigrationSetting(database).table("a").revision("b", large).table("c");
        assertThat(done(good.up()).path()).containsExactly("a", "b", "c");
    }

    @Test
    void aScriptsOwnColumnIsNotTakenForTheFingerprint() {
        setting.revision("a", "--@ upgrade\nSELECT 1 AS fingerprint, 2 AS skein;");
        assertThat(done(setting.up()).fingerprint()).isNotNull();
    }

    @Test
    void rowsOfACopyArriveAsTheyAre() {
        setting.revision(
                "a",
                "--@ upgrade\n"
                        + "CREATE TABLE t (id int GENERATED ALWAYS AS IDENTITY, note text);\n"
                        + "COPY t (id, note) FROM stdin;\n"
                        + "7\ta\\tb\n"
                        + "8\t\\N\n"
                        + "\\.\n"
                        + "SELECT 1;");
        done(setting.up());
        assertThat(
                        database.value(
                                "SELECT string_agg(id || coalesce(note, '-'), ',' ORDER BY id) FROM"
                                        + " t"))
                .isEqualTo("7a\tb,8-");
    }

    /** Lets the server fail as it does on a full disk, when an entry of a kind is written. */
    private void diskIsFullFor(String kind) {
        database.run(
                "CREATE OR REPLACE FUNCTION skein.full() RETURNS trigger LANGUAGE plpgsql AS $$"
                        + " BEGIN IF convert_from(NEW.envelope, 'UTF8') ~ '\"kind\":\"("
                        + kind
                        + ")\"' THEN RAISE EXCEPTION 'could not extend file: No space left on"
                        + " device' USING ERRCODE = '53100'; END IF; RETURN NEW; END $$; CREATE OR"
                        + " REPLACE TRIGGER full_disk BEFORE INSERT ON skein.entry FOR EACH ROW"
                        + " EXECUTE FUNCTION skein.full()");
    }

    @Test
    void aFullDiskLeavesNothingHalfRecorded() {
        setting.table("a").up();
        diskIsFullFor("applied");
        var failed = failed(setting.table("b").up());
        assertThat(failed.sqlState()).isEqualTo("53100");
        assertThat(failed).hasMessageContaining("No space left");
        assertThat(database.value("SELECT to_regclass('b') IS NULL")).isEqualTo("true");
        assertThat(setting.kinds()).endsWith("observed", "failed");
        diskIsFullFor("applied|failed");
        assertThat(refused(setting.up())).contains("No space left");
        assertThat(setting.kinds()).endsWith("observed", "failed");
        database.run("DROP TRIGGER full_disk ON skein.entry");
        assertThat(done(setting.up()).path()).containsExactly("b");
    }
}
