// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.execute.Migrator;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.plan.Step;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class WatcherTest {
    private static final Duration BOUND = Duration.ofMinutes(2);

    /** Else a login that is another role by default does not see its own sessions. */
    private static final Map<String, String> AS_LOGIN = Map.of("role", "none");

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private final List<String> reasons = new CopyOnWriteArrayList<>();

    private FutureTask<Outcome> start(MigrationSetting setting, Limits limits) {
        var order = setting.order(new Goal.Upgrade("heads"), null);
        var strict =
                new MigrationOrder(
                        order.address(),
                        order.scope(),
                        order.scripts(),
                        order.goal(),
                        order.author(),
                        limits);
        var progress =
                new Progress() {
                    @Override
                    public void retrying(Step step, String reason, Duration pause) {
                        reasons.add(reason);
                    }
                };
        var task =
                new FutureTask<>(() ->
                        new Migrator(database.client(), Clock.systemUTC())
                                .run(strict, Brake.OFF, progress));
        Thread.ofVirtual().start(task);
        return task;
    }

    private void awaitWaiting(int number) {
        var waiting =
                "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND"
                        + " wait_event_type = 'Lock'";
        try (var login = database.client().open(database.address(), "test", AS_LOGIN)) {
            await().atMost(BOUND)
                    .until(() ->
                            login.script(waiting, BOUND).iterator().next().getLong(0) == number);
        }
    }

    @Test
    void aStatementYieldsToThoseWhoQueueBehindIt() throws Exception {
        var setting = new MigrationSetting(database).table("a");
        setting.up();
        setting.revision("b", "--@ upgrade\nLOCK TABLE a; SELECT pg_sleep(60);");
        var limits = Limits.DEFAULT.withRetries(0).withQueue(Duration.ofMinutes(1), 2);
        var run = start(setting, limits);
        await().atMost(BOUND)
                .until(() ->
                        database.value(
                                        "SELECT count(*) FROM pg_locks WHERE relation ="
                                            + " 'a'::regclass AND mode = 'AccessExclusiveLock' AND"
                                            + " granted")
                                .equals("1"));
        var readers = new ArrayList<PgSession>();
        try {
            for (int i = 0; i < 3; i++) {
                var reader = database.open();
                readers.add(reader);
                reader.send("SELECT count(*) FROM a");
            }
            var failed = (Outcome.Failed) run.get();
            assertThat(failed.error().sqlState()).isEqualTo("57014");
        } finally {
            readers.forEach(PgSession::close);
        }
    }

    /** Between the question and the cancellation, the statement may have ended. */
    @Test
    void onlyTheTransactionThatWasJudgedIsCancelled() {
        try (var busy = database.open();
                var watching = database.open()) {
            var sleep = busy.send("SELECT pg_sleep(60)");
            var pid = String.valueOf(busy.processId());
            await().atMost(BOUND).until(() -> !began(watching, pid).isEmpty());
            var began = began(watching, pid);

            var another = WatchQuestions.cancel(pid, "'2001-02-03 04:05:06+00'");
            assertThat(watching.script(another, BOUND)).isEmpty();
            assertThat(watching.script(WatchQuestions.cancel(pid, "NULL"), BOUND)).isEmpty();
            assertThat(began(watching, pid)).as("it goes on").isEqualTo(began);

            var judged = WatchQuestions.cancel(pid, SqlLiterals.text(began));
            assertThat(watching.script(judged, BOUND)).hasSize(1);
            assertThatThrownBy(() -> busy.await(sleep, BOUND))
                    .hasMessageContaining("canceling statement due to user request");
        }
    }

    private static String began(PgSession session, String pid) {
        var sql =
                "SELECT coalesce(max(xact_start::text), '') FROM pg_stat_activity WHERE wait_event"
                        + " = 'PgSleep' AND pid = "
                        + pid;
        return session.script(sql, BOUND).iterator().next().getString(0);
    }

    /** A database that is renamed or dropped may have nobody in it. */
    @Test
    void whoWatchesStaysInNoDatabaseWhereNothingRuns() throws Exception {
        var here = database.address();
        var there = database.address(database.create());
        var migrator = new Migrator(database.client(), Clock.systemUTC());
        var first = sleeping(migrator, here, 2);
        awaitWatcherIn(here, there, here.database());
        var second = sleeping(migrator, there, 3);
        assertThat(first.get()).isInstanceOf(Outcome.Done.class);
        awaitWatcherIn(here, there, there.database());
        assertThat(second.get()).isInstanceOf(Outcome.Done.class);
    }

    private FutureTask<Outcome> sleeping(Migrator migrator, DatabaseAddress address, int seconds) {
        var setting =
                new MigrationSetting(database)
                        .revision("a", "--@ upgrade\nSELECT pg_sleep(" + seconds + ");");
        var order = setting.order(address, new Goal.Upgrade("heads"), null);
        var task = new FutureTask<>(() -> migrator.run(order, Brake.OFF, Progress.NONE));
        Thread.ofVirtual().start(task);
        return task;
    }

    private void awaitWatcherIn(DatabaseAddress one, DatabaseAddress other, String expected) {
        var question =
                """
                SELECT string_agg(datname, ',') FROM pg_stat_activity
                WHERE application_name = 'skein watcher' AND datname IN ('%s', '%s')
                """
                        .formatted(one.database(), other.database());
        await().atMost(BOUND).until(() -> database.value(question).equals(expected));
    }

    @Test
    void waitingForLocksHasABudgetWhereTheLoginIsAnotherRoleByDefault() throws Exception {
        var role = "login_" + database.address().database();
        var owner = role + "_owns";
        database.run(
                "CREATE ROLE %1$s LOGIN PASSWORD 'x'; CREATE ROLE %2$s; GRANT %2$s TO %1$s; GRANT CREATE ON DATABASE %3$s TO %2$s; GRANT CREATE ON SCHEMA public TO %2$s; ALTER ROLE %1$s SET role = %2$s"
                        .formatted(role, owner, database.address().database()));
        database.whenDropped("DROP ROLE " + role + ", " + owner);
        var superuser = database.address();
        database.as(role, "x");
        try {
            yieldsWhereItWaitsTooLong();
        } finally {
            database.as(superuser);
        }
    }

    @Test
    void waitingForLocksHasABudgetInATransaction() throws Exception {
        yieldsWhereItWaitsTooLong();
    }

    private void yieldsWhereItWaitsTooLong() throws Exception {
        var setting = new MigrationSetting(database).table("a");
        setting.up();
        setting.revision("b", "--@ upgrade\nALTER TABLE a ADD COLUMN x int;");
        var limits =
                Limits.DEFAULT
                        .withTimeouts(Duration.ofMinutes(1), Duration.ZERO)
                        .withRetries(3)
                        .withQueue(Duration.ofMillis(400), 10);
        try (var blocker = database.open()) {
            blocker.script("BEGIN; SELECT * FROM a", BOUND);
            var run = start(setting, limits);
            awaitWaiting(1);
            await().atMost(BOUND).until(() -> !reasons.isEmpty());
            blocker.script("ROLLBACK", BOUND);
            assertThat(run.get()).isInstanceOf(Outcome.Done.class);
        }
        assertThat(reasons.getFirst())
                .contains("for locks in one transaction")
                .contains("we wait for process")
                .contains("(test, for");
    }
}
