// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.skein.engine.plan.Step;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.testing.SilentProxy;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A connection falls silent without ending; the run notices, connects anew and comes to its end.
 */
class SilenceTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final Watcher.Silence SOON =
            new Watcher.Silence(
                    Duration.ofMillis(500), Duration.ofSeconds(1), Duration.ofMillis(500));
    private static final Migrator.Reconnecting BRIEF =
            new Migrator.Reconnecting(Duration.ofSeconds(2), Duration.ofSeconds(3));
    private static final Limits LIMITS =
            Setting.LIMITS.withTimeouts(Duration.ofMinutes(1), Duration.ZERO).withRetries(6);
    private static final String TABLE =
            "--@ upgrade\nCREATE TABLE t (id int PRIMARY KEY, n int NOT NULL DEFAULT 0);\n"
                    + "INSERT INTO t SELECT g FROM generate_series(1, 300) g;";

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private final List<String> reasons = new CopyOnWriteArrayList<>();

    /** What a run waits in, as long as another session holds a row of t and a lock. */
    enum Waiting {
        STEP("--@ upgrade\nUPDATE t SET n = n + 1;"),
        OUTSIDE_A_TRANSACTION(
                "--@ transaction: none\n--@ upgrade\nCREATE INDEX CONCURRENTLY t_n ON t (n);\n"
                        + "UPDATE t SET n = n + 1;"),
        BATCH(
                "--@ batch: t by id, 100 rows\n--@ upgrade\nUPDATE t SET n = n + 1 WHERE id BETWEEN"
                        + " :from AND :to;"),
        CHECK_BEHIND_THE_COMMIT(
                "--@ upgrade\nUPDATE t SET n = n + 1 WHERE id <> 250;\n--@ verify: after\n"
                        + "SELECT pg_advisory_xact_lock(7) IS NOT NULL;");

        private final String sections;

        Waiting(String sections) {
            this.sections = sections;
        }
    }

    private FutureTask<Outcome> start(SilentProxy proxy, Setting setting) {
        var order = setting.order(through(proxy), new Goal.Upgrade("heads"), null);
        var patient =
                new Order(
                        order.address(),
                        order.scope(),
                        order.scripts(),
                        order.goal(),
                        order.author(),
                        LIMITS);
        var progress =
                new Progress() {
                    @Override
                    public void reconnecting(String reason) {
                        reasons.add(reason);
                    }

                    @Override
                    public void retrying(Step step, String reason, Duration pause) {
                        reasons.add(reason);
                    }
                };
        var client = database.client();
        var migrator = new Migrator(client, Clock.systemUTC(), new Watcher(client, SOON), BRIEF);
        var task = new FutureTask<>(() -> migrator.run(patient, Brake.OFF, progress));
        Thread.ofVirtual().start(task);
        return task;
    }

    private int upstream() {
        return Integer.parseInt(database.address().server().replaceAll(".*:", ""));
    }

    private DatabaseAddress through(SilentProxy proxy) {
        var direct = database.address();
        var url = direct.url().replace(":" + upstream() + "/", ":" + proxy.port() + "/");
        return new DatabaseAddress(url, direct.password());
    }

    private PgSession blocker() {
        var blocker = database.open();
        blocker.script(
                "BEGIN; SELECT pg_advisory_xact_lock(7); UPDATE t SET n = n WHERE id = 250", BOUND);
        return blocker;
    }

    private void awaitWaiting() {
        await().atMost(BOUND)
                .until(() ->
                        database.value(
                                        "SELECT count(*) FROM pg_stat_activity WHERE datname ="
                                            + " current_database() AND wait_event_type = 'Lock'")
                                .equals("1"));
    }

    private void awaitWatched() {
        await().atMost(BOUND)
                .until(() ->
                        database.value(
                                        "SELECT count(*) FROM pg_stat_activity WHERE datname ="
                                            + " current_database() AND application_name = 'skein"
                                            + " watcher' AND query LIKE '%blocker%'")
                                .equals("1"));
    }

    @ParameterizedTest
    @EnumSource
    void aSessionWhoseEndIsNotHeardOfIsReplaced(Waiting waiting) throws Exception {
        var setting = new Setting(database).revision("a", TABLE);
        setting.up();
        setting.revision("b", waiting.sections);
        try (var proxy = new SilentProxy(upstream());
                var blocker = blocker()) {
            var run = start(proxy, setting);
            awaitWaiting();
            awaitWatched();
            proxy.silenceFirst();
            database.run(
                    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname ="
                            + " current_database() AND application_name = 'skein tester'");
            await().atMost(BOUND).until(() -> !reasons.isEmpty());
            blocker.script("COMMIT", BOUND);
            assertThat(run.get()).isInstanceOf(Outcome.Done.class);
        }
        assertThat(reasons.getFirst()).contains("the server ended the session");
        assertThat(database.value("SELECT count(*) FROM t WHERE n <> 1 AND id <> 250"))
                .isEqualTo("0");
    }

    @Test
    void aHostThatVanishesIsNoticedWhileAStepRuns() throws Exception {
        var setting = new Setting(database).revision("a", TABLE);
        setting.up();
        setting.revision("b", Waiting.STEP.sections);
        try (var proxy = new SilentProxy(upstream());
                var blocker = blocker()) {
            var run = start(proxy, setting);
            awaitWaiting();
            awaitWatched();
            proxy.vanish();
            await().atMost(BOUND).until(() -> !reasons.isEmpty());
            proxy.comeBack();
            blocker.script("COMMIT", BOUND);
            assertThat(run.get()).isInstanceOf(Outcome.Done.class);
        }
        assertThat(reasons.getFirst()).contains("nothing has answered there for");
        assertThat(database.value("SELECT count(*) FROM t WHERE n = 1")).isEqualTo("300");
    }

    @Test
    void aServerThatFallsSilentEachTimeIsGivenUp() throws Exception {
        var setting = new Setting(database).revision("a", TABLE);
        try (var proxy = new SilentProxy(upstream())) {
            proxy.silenceAfter(1200);
            var lost = (Outcome.Lost) start(proxy, setting).get(30, TimeUnit.SECONDS);
            assertThat(lost.reason()).hasMessageContaining("no answer within 2 s");
        }
        assertThat(reasons).hasSizeBetween(1, 3); // and not as often as it would be tried
    }
}
