// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.journal.BatchProgress;
import dev.skein.engine.plan.Step;
import dev.skein.engine.script.BatchDirective;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class BatchStepTest {
    private static final String CHANGE =
            "--@ batch: users by id, 100 rows\n--@ upgrade\nUPDATE users SET n = n + 1 WHERE id"
                    + " BETWEEN :from AND :to;\n--@ downgrade\nUPDATE users SET n = n - 1 WHERE id"
                    + " BETWEEN :from AND :to;";

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private MigrationSetting setting;

    @BeforeEach
    void prepare() {
        setting =
                new MigrationSetting(database)
                        .revision(
                                "a",
                                "--@ upgrade\nCREATE TABLE users (id int PRIMARY KEY, n int NOT"
                                        + " NULL DEFAULT 0);\nINSERT INTO users SELECT g * 3 FROM"
                                        + " generate_series(1, 950) g;")
                        .revision("b", CHANGE);
    }

    /** Stops after some batches. */
    private Outcome stoppedAfter(int batches) {
        var done = new AtomicInteger();
        var progress =
                new Progress() {
                    @Override
                    public void batched(Step step, long rows, BatchDirective batch) {
                        done.incrementAndGet();
                    }
                };
        var order = setting.order(new Goal.Upgrade("heads"), null);
        return new Migrator(database.client(), Clock.systemUTC())
                .run(order, () -> done.get() >= batches, progress);
    }

    private BatchProgress progress() {
        try (var session = database.open()) {
            return BatchProgress.read(session, "").orElseThrow();
        }
    }

    @Test
    void everyRowIsChangedOnceUpAndDown() {
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT count(*) FROM users WHERE n = 1")).isEqualTo("950");
        assertThat(setting.kinds())
                .containsExactly("initialized", "applied", "intent", "applied", "observed");
        assertThat(setting.down("a")).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT count(*) FROM users WHERE n = 0")).isEqualTo("950");
        assertThat(database.value("SELECT count(*) FROM skein.batch")).isEqualTo("0");
    }

    @Test
    void aStoppedRunGoesOnWhereItWas() {
        assertThat(stoppedAfter(4)).isInstanceOf(Outcome.Held.class);
        assertThat(progress().rows()).isEqualTo(400);
        assertThat(progress().done()).isEqualTo("1200");
        assertThat(database.value("SELECT sum(n) FROM users")).isEqualTo("400");
        assertThat(setting.history()).last().matches(e -> e.heads().contains("a"));
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT count(*) FROM users WHERE n = 1")).isEqualTo("950");
    }

    @Test
    void rowsThatComeLaterAreNotItsBusiness() {
        stoppedAfter(2);
        database.run("INSERT INTO users VALUES (9000, 7), (3001, 0)");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT n FROM users WHERE id = 9000")).isEqualTo("7");
    }

    @Test
    void aBatchThatFailsLeavesThoseBeforeIt() {
        database.run("SELECT 1");
        setting.run(new Goal.Upgrade("a"));
        database.run("ALTER TABLE users ADD CHECK (id <> 600 OR n = 0)");
        var failed = (Outcome.Failed) setting.upAccepting();
        assertThat(failed.error().sqlState()).isEqualTo("23514");
        assertThat(failed.error().statement()).isEqualTo(1);
        assertThat(progress().rows()).isEqualTo(100);
        database.run("ALTER TABLE users DROP CONSTRAINT users_check");
        assertThat(setting.upAccepting()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT count(*) FROM users WHERE n = 1")).isEqualTo("950");
    }

    @Test
    void nothingElseRunsBeforeItIsSettled() {
        stoppedAfter(1);
        var refused = (Outcome.Refused) setting.down("base");
        assertThat(refused.reason().found()).contains("in progress (100 rows done)");
        var edited = new MigrationSetting(database);
        edited.revision(
                        "a",
                        "--@ upgrade\nCREATE TABLE users (id int PRIMARY KEY, n int NOT"
                                + " NULL DEFAULT 0);\nINSERT INTO users SELECT g * 3 FROM"
                                + " generate_series(1, 950) g;")
                .revision("b", CHANGE.replace("n + 1", "n + 2"));
        assertThat(((Outcome.Refused) edited.up()).reason().found()).contains("its file has");
        assertThat(setting.run(new Goal.Stamp(java.util.List.of("a"), true)))
                .isInstanceOf(Outcome.Done.class);
        assertThat(setting.down("base")).isInstanceOf(Outcome.Refused.class);
    }

    @Test
    void aStampThatFailsSettlesNothing() {
        stoppedAfter(4);
        database.run(
                "CREATE FUNCTION brim() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE"
                        + " disk_full; END'; CREATE TRIGGER brim BEFORE INSERT ON skein.entry FOR"
                        + " EACH ROW EXECUTE FUNCTION brim()");
        assertThat(setting.run(new Goal.Stamp(java.util.List.of("b"), false)))
                .isInstanceOf(Outcome.Refused.class);
        database.run("DROP FUNCTION brim CASCADE");
        assertThat(progress().rows()).isEqualTo(400);
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT count(*) FROM users WHERE n = 1")).isEqualTo("950");
    }

    /** Nothing of a batch's message may run, or be done again, without its beginning. */
    @Test
    void aBatchWhoseBeginningFailsChangesNothing() {
        setting.run(new Goal.Upgrade("a"));
        var bound = java.time.Duration.ofSeconds(5);
        try (var blocker = database.open()) {
            var progress =
                    new Progress() {
                        private int batches;

                        @Override
                        public void batched(Step step, long rows, BatchDirective batch) {
                            if (++batches == 2) {
                                blocker.script("BEGIN; LOCK TABLE skein.state", bound);
                            }
                        }
                    };
            var order = setting.order(new Goal.Upgrade("heads"), null);
            var outcome =
                    new Migrator(database.client(), Clock.systemUTC())
                            .run(order, Brake.OFF, progress);
            assertThat(outcome).isNotInstanceOf(Outcome.Done.class);
            assertThat(outcome.toString()).contains("55P03");
            assertThat(database.value("SELECT sum(n) FROM users")).isEqualTo("200");
            blocker.script("ROLLBACK", bound);
        }
        assertThat(progress().rows()).isEqualTo(200);
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT min(n) || ' ' || max(n) FROM users")).isEqualTo("1 1");
    }

    @Test
    void aBatchBeginsWithTheSettingsOfANewSession() {
        setting =
                new MigrationSetting(database)
                        .revision(
                                "a",
                                """
                                --@ upgrade
                                CREATE TABLE users (id int PRIMARY KEY, n int DEFAULT 0);
                                CREATE TABLE seen (by text);
                                INSERT INTO users SELECT generate_series(1, 250);
                                CREATE FUNCTION odd() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                                    INSERT INTO seen VALUES (concat(current_setting('work_mem'),
                                        ' ', current_setting('transaction_timeout', true), ' ',
                                        current_setting('app.tenant', true)));
                                    PERFORM set_config('work_mem', '77kB', false);
                                    PERFORM set_config('app.' || 'tenant', 'x', false);
                                    RETURN NULL; END $$;
                                CREATE TRIGGER o BEFORE UPDATE ON users
                                    FOR EACH STATEMENT EXECUTE FUNCTION odd();
                                """)
                        .revision("b", CHANGE);
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        var seen = database.value("SELECT count(*) || ' ' || count(DISTINCT by) FROM seen");
        assertThat(seen).isEqualTo("3 1");
        assertThat(database.value("SELECT max(by) FROM seen")).doesNotContain("77kB", "x");
    }

    @Test
    void anEmptyTableAndUuidKeys() {
        setting.revision(
                        "c",
                        "--@ upgrade\nCREATE TABLE docs (id uuid PRIMARY KEY, n int DEFAULT 0);")
                .revision("d", CHANGE.replace("users", "docs"))
                .revision(
                        "e",
                        "--@ upgrade\nINSERT INTO docs SELECT gen_random_uuid() FROM"
                                + " generate_series(1, 333);")
                .revision("f", CHANGE.replace("users", "docs"));
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT count(*) FROM docs WHERE n = 1")).isEqualTo("333");
    }

    @Test
    void namesAreReadAsTheServerReadsThem() {
        var table = "Ärger" + "_und_noch_mehr".repeat(5);
        var key = "\"Ü\"\"" + "ß".repeat(40) + '"';
        setting.revision(
                        "c",
                        "--@ upgrade\nCREATE TABLE %s (%s int PRIMARY KEY, n int DEFAULT 0);\nINSERT INTO %s SELECT generate_series(1, 150);"
                                .formatted(table, key, table))
                .revision("d", CHANGE.replace("users", table).replace("id", key));
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT sum(n) FROM " + table)).isEqualTo("150");
    }

    @Test
    void aKeyThatIsNoKeyIsRefused() {
        setting.revision("c", CHANGE.replace("by id", "by n"));
        var failed = (Outcome.Failed) setting.up();
        assertThat(failed.error()).hasMessageContaining("no unique index");
    }

    @Test
    void aLockTimeoutInTheRunThatBeganItIsOnlyTriedLater() throws Exception {
        setting.run(new Goal.Upgrade("a"));
        try (var blocker = database.open()) {
            blocker.script(
                    "BEGIN; SELECT * FROM users WHERE id = 900 FOR UPDATE",
                    java.time.Duration.ofSeconds(5));
            var failed = (Outcome.Failed) setting.up();
            assertThat(failed.error().sqlState()).isEqualTo("55P03");
            blocker.script("ROLLBACK", java.time.Duration.ofSeconds(5));
        }
        assertThat(setting.kinds()).endsWith("intent", "failed");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT count(*) FROM users WHERE n = 1")).isEqualTo("950");
    }
}
