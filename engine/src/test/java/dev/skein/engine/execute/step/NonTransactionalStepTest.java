// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.session.JournalWriter;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class NonTransactionalStepTest {
    private static final String TABLE =
            "--@ upgrade\nCREATE TABLE t (id int);\nINSERT INTO t VALUES (1), (1);";
    private static final String INDEX =
            "--@ transaction: none\n--@ upgrade\nCREATE INDEX CONCURRENTLY t_id ON t (id);\n"
                    + "--@ downgrade\nDROP INDEX CONCURRENTLY t_id;";

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private MigrationSetting setting;

    @BeforeEach
    void prepare() {
        setting = new MigrationSetting(database).revision("a", TABLE);
    }

    @Test
    void framesTheStatementWithIntentAndOutcome() {
        var done = (Outcome.Done) setting.revision("b", INDEX).up();
        assertThat(done.path()).containsExactly("a", "b");
        assertThat(setting.kinds())
                .containsExactly(
                        "initialized", "applied", "intent", "outcome", "applied", "observed");
        assertThat(
                        database.value(
                                "SELECT indisvalid FROM pg_index WHERE indexrelid ="
                                        + " 't_id'::regclass"))
                .isEqualTo("true");
        assertThat(setting.down("a")).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT to_regclass('t_id') IS NULL")).isEqualTo("true");
    }

    @Test
    void theFingerprintItLeavesIsStored() {
        var done = (Outcome.Done) setting.revision("b", INDEX).up();
        assertThat(database.value("SELECT fingerprint FROM skein.state"))
                .isEqualTo(String.valueOf(done.fingerprint()));
    }

    @Test
    void aFailedBuildLeavesNoInvalidIndex() {
        setting.revision("b", INDEX.replace("CREATE INDEX", "CREATE UNIQUE INDEX"));
        var failed = (Outcome.Failed) setting.up();
        assertThat(failed.error().signature()).startsWith("23505 b#1");
        assertThat(failed.heads()).containsExactly("a");
        assertThat(database.value("SELECT to_regclass('t_id') IS NULL")).isEqualTo("true");
        assertThat(setting.kinds()).endsWith("intent", "outcome", "failed");
    }

    @Test
    void afterTheCauseIsRemovedItRunsAgain() {
        setting.revision("b", INDEX.replace("CREATE INDEX", "CREATE UNIQUE INDEX")).up();
        database.run("DELETE FROM t; INSERT INTO t VALUES (1)");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void verifyIsAskedBeforeTheRevisionCounts() {
        setting.revision(
                "b", INDEX.replace("--@ downgrade", "--@ verify\nSELECT false;\n--@ downgrade"));
        var failed = (Outcome.Failed) setting.up();
        assertThat(failed.error().sqlState()).isEqualTo("SK010");
        assertThat(failed.heads()).containsExactly("a");
    }

    @Test
    void aStampEndsTheWorthOfWhatACutOffRunBegan() {
        interruptedBy("CREATE INDEX CONCURRENTLY t_id ON t (id)");
        assertThat(setting.run(new Goal.Stamp(java.util.List.of("b"), false)))
                .isInstanceOf(Outcome.Done.class);
        assertThat(setting.down("a")).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT to_regclass('t_id') IS NULL")).isEqualTo("true");
    }

    @Test
    void aRunThatWasCutOffAfterTheBuildIsTakenAsDone() {
        interruptedBy("CREATE INDEX CONCURRENTLY t_id ON t (id)");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(setting.kinds()).containsOnlyOnce("intent");
        assertThat(setting.history()).last().matches(e -> e.heads().contains("b"));
    }

    @Test
    void aRunThatWasCutOffDuringTheBuildStartsItAfresh() {
        interruptedBy(
                "CREATE INDEX t_id ON t (id); UPDATE pg_index SET indisvalid = false WHERE"
                        + " indexrelid = 't_id'::regclass");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(
                        database.value(
                                "SELECT indisvalid FROM pg_index WHERE indexrelid ="
                                        + " 't_id'::regclass"))
                .isEqualTo("true");
    }

    @Test
    void aQuotedIndexIsFoundAfterACut() {
        var quoted = INDEX.replace("t_id ON t", "/* b */ \"IX_T.Id\" ON \"public\".t");
        setting.up();
        writeIntent(quoted.replace("CONCURRENTLY t_id;", "CONCURRENTLY \"IX_T.Id\";"));
        database.run(
                "CREATE INDEX \"IX_T.Id\" ON t (id); UPDATE pg_index SET indisvalid = false WHERE"
                        + " indexrelid = '\"IX_T.Id\"'::regclass");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(
                        database.value(
                                "SELECT indisvalid FROM pg_index WHERE indexrelid ="
                                        + " '\"IX_T.Id\"'::regclass"))
                .isEqualTo("true");
    }

    @Test
    void anIndexIsFoundByANameThatTheServerCuts() {
        var name = '"' + "É".repeat(31) + "€ and more\""; // the 63rd byte is in the middle of one
        setting.up();
        writeIntent(INDEX.replace("t_id", name));
        database.run(
                "CREATE INDEX "
                        + name
                        + " ON t (id); UPDATE pg_index SET indisvalid = false WHERE indrelid ="
                        + " 't'::regclass");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        var valid = "SELECT count(*) FROM pg_index WHERE indisvalid AND indrelid = 't'::regclass";
        assertThat(database.value(valid)).isEqualTo("1");
        assertThat(setting.down("a")).isInstanceOf(Outcome.Done.class);
        assertThat(database.value(valid)).isEqualTo("0");
    }

    @Test
    void whatIsNotRecognisedNeedsAPersonAfterACut() {
        var reindex =
                INDEX.replace(
                        "CREATE INDEX CONCURRENTLY t_id ON t (id)", "DO $$ BEGIN COMMIT; END $$");
        setting.up();
        writeIntent(reindex);
        assertThat(((Outcome.Failed) setting.up()).error().sqlState()).isEqualTo("SK020");
    }

    @Test
    void anErrorIsNoSuccessBecauseTheCatalogLooksLikeOne() {
        database.run("CREATE TABLE u (id int); CREATE INDEX taken ON u (id)");
        for (var sql :
                new String[] {
                    "DROP INDEX CONCURRENTLY nosuch",
                    "CREATE UNIQUE INDEX CONCURRENTLY taken ON t (id)",
                    "REINDEX INDEX CONCURRENTLY nosuch",
                    "ALTER TABLE t DETACH PARTITION nosuch CONCURRENTLY"
                }) {
            var failing =
                    new MigrationSetting(database)
                            .revision("a", TABLE)
                            .revision("b", "--@ transaction: none\n--@ upgrade\n" + sql + ";");
            assertThat(failing.up()).as(sql).isInstanceOf(Outcome.Failed.class);
            assertThat(setting.history())
                    .last()
                    .matches(e -> e.heads().equals(java.util.List.of("a")));
        }
        assertThat(database.value("SELECT to_regclass('taken') IS NULL")).isEqualTo("false");
    }

    @Test
    void aProcedureThatMayHaveCommittedIsNotRunAgain() {
        database.run("CREATE TABLE n (i int)");
        setting.revision(
                "b",
                "--@ transaction: none\n--@ upgrade\nDO $$ BEGIN INSERT INTO n VALUES (1); COMMIT;"
                        + " PERFORM 1/0; END $$;");
        assertThat(((Outcome.Failed) setting.up()).error().sqlState()).isEqualTo("22012");
        assertThat(((Outcome.Failed) setting.up()).error().sqlState()).isEqualTo("SK020");
        assertThat(database.value("SELECT count(*) FROM n")).isEqualTo("1");
    }

    @Test
    void aSettingThatAProcedureLeavesBehindIsNamed() {
        setting.revision(
                "b",
                "--@ transaction: none\n--@ upgrade\n"
                        + "DO $$ BEGIN PERFORM set_config('work_mem', '8MB', false); END $$;\n"
                        + "CREATE INDEX CONCURRENTLY i ON t (id);");
        var error = ((Outcome.Failed) setting.up()).error();
        assertThat(error.serverMessage())
                .isEqualTo("the statement stands, but changed the session's work_mem");
        assertThat(error.signature()).startsWith("SK011 b#1");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void whatAFailedBuildLeftIsRemovedHoweverLongOthersTake() throws Exception {
        setting.up();
        setting.revision("b", INDEX.replace("CREATE INDEX", "CREATE UNIQUE INDEX"));
        try (var reader = database.open()) {
            reader.script("BEGIN; SELECT count(*) FROM t", Duration.ofSeconds(5));
            var run = new java.util.concurrent.FutureTask<>(setting::up);
            Thread.ofVirtual().start(run);
            // longer than the lock timeout of these tests
            org.awaitility.Awaitility.await()
                    .during(MigrationSetting.LIMITS.lockTimeout().multipliedBy(2))
                    .until(() ->
                            database.value(
                                            "SELECT count(*) FROM pg_stat_activity WHERE query LIKE"
                                                + " 'DROP INDEX CONCURRENTLY%' AND wait_event_type"
                                                + " = 'Lock'")
                                    .equals("1"));
            reader.script("ROLLBACK", Duration.ofSeconds(5));
            assertThat(run.get()).isInstanceOf(Outcome.Failed.class);
        }
        assertThat(database.value("SELECT to_regclass('t_id') IS NULL")).isEqualTo("true");
    }

    @Test
    void aBuildThatFailsBesideAnotherOneLeavesNothingInvalid() throws Exception {
        setting.up();
        setting.revision("b", INDEX.replace("CREATE INDEX", "CREATE UNIQUE INDEX"));
        try (var writer = database.open();
                var reader = database.open();
                var other = database.open()) {
            writer.script("BEGIN; INSERT INTO t VALUES (2)", Duration.ofSeconds(5));
            reader.script(
                    "BEGIN ISOLATION LEVEL REPEATABLE READ; SELECT 1 FROM pg_class",
                    Duration.ofSeconds(5));
            var run = new java.util.concurrent.FutureTask<>(setting::up);
            Thread.ofVirtual().start(run);
            awaitLocks(1);
            var built = other.send("CREATE INDEX CONCURRENTLY t_other ON t (id)");
            awaitLocks(2);
            writer.script("COMMIT", Duration.ofSeconds(5));
            org.awaitility.Awaitility.await()
                    .atMost(Duration.ofMinutes(2))
                    .until(() ->
                            database.value(
                                            "SELECT count(*) FROM skein.entry e WHERE"
                                                + " convert_from(envelope, 'UTF8') LIKE"
                                                + " '%\"intent\"%' AND EXISTS (SELECT FROM"
                                                + " pg_stat_progress_create_index WHERE phase LIKE"
                                                + " 'waiting for old snapshots')")
                                    .equals("1"));
            reader.script("COMMIT", Duration.ofSeconds(5));
            other.await(built, Duration.ofSeconds(20));
            assertThat(run.get()).isInstanceOf(Outcome.Failed.class);
        }
        assertThat(database.value("SELECT count(*) FROM pg_index WHERE NOT indisvalid"))
                .isEqualTo("0");
        database.run("DELETE FROM t");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
    }

    private void awaitLocks(int number) {
        org.awaitility.Awaitility.await()
                .atMost(Duration.ofMinutes(2))
                .until(() ->
                        database.value(
                                        "SELECT count(*) FROM pg_stat_activity WHERE datname ="
                                            + " current_database() AND wait_event_type = 'Lock'")
                                .equals(String.valueOf(number)));
    }

    @Test
    void whoWaitsForAnotherSchemasTurnStopsWhenAsked() {
        setting.up();
        setting.revision("b", INDEX);
        try (var other = database.open()) {
            other.script("SELECT pg_advisory_lock(1397442889, 1397442889)", Duration.ofSeconds(5));
            var asked = new java.util.concurrent.atomic.AtomicInteger();
            var order = setting.order(new Goal.Upgrade("heads"), null);
            var held = setting.run(order, () -> asked.incrementAndGet() > 2);
            assertThat(held).isInstanceOf(Outcome.Held.class);
        }
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
    }

    /** Leaves the database as a run leaves it that dies after its INTENT. */
    private void interruptedBy(String then) {
        setting.up();
        writeIntent(INDEX);
        try (var session = database.client().open(database.address(), "test", Map.of())) {
            session.script(then, Duration.ofSeconds(10));
        }
    }

    private void writeIntent(String sections) {
        setting.revision("b", sections);
        var order = setting.order(new Goal.Upgrade("heads"), null);
        try (var contact =
                TenantSession.open(
                        database.client(), order, java.time.Clock.systemUTC(), Progress.NONE)) {
            var state = contact.fence().orElseThrow();
            var script = setting.scripts().get("b");
            var version = new EntryBody.RevisionVersion("b", script.checksum());
            var draft =
                    new EntryDraft(
                            state.heads(),
                            script.upgrade().statements().getFirst().sql(),
                            new EntryBody.Intent(version, 1, false));
            JournalWriter.append(
                    contact.session(), contact.journal(), contact.chain(), state, draft);
            contact.release();
        }
    }
}
