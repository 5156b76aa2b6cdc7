// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.engine.backup.BackupFolder;
import dev.skein.engine.backup.BackupSafeguard;
import dev.skein.engine.backup.Dump;
import dev.skein.engine.backup.DumpPrograms;
import dev.skein.engine.event.BackupExtent;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.Limits;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.order.Safeguard;
import dev.skein.engine.execute.session.Watcher;
import dev.skein.engine.plan.Step;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.SilentProxy;
import dev.skein.engine.testing.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A connection falls silent without ending; the run notices, connects anew and comes to its end.
 */
class SilenceTest {
    private static final Duration BOUND = Duration.ofMinutes(2);

    /** Shorter than in earnest, and longer than a busy machine keeps anybody waiting. */
    private static final Watcher.Silence SOON =
            new Watcher.Silence(
                    Duration.ofSeconds(2), Duration.ofSeconds(4), Duration.ofSeconds(2));

    private static final Migrator.Reconnecting BRIEF =
            new Migrator.Reconnecting(Duration.ofSeconds(5), Duration.ofSeconds(8));
    private static final Limits LIMITS =
            MigrationSetting.LIMITS
                    .withTimeouts(Duration.ofMinutes(1), Duration.ZERO)
                    .withRetries(6);
    private static final String TABLE =
            "--@ upgrade\nCREATE TABLE t (id int PRIMARY KEY, n int NOT NULL DEFAULT 0);\n"
                    + "INSERT INTO t SELECT g FROM generate_series(1, 300) g;";

    /** What notices that a backup's host is gone is what keeps the lock's session alive. */
    private static final Migrator.Reconnecting HELD =
            new Migrator.Reconnecting(
                    Duration.ofSeconds(5), Duration.ofMinutes(1), Duration.ofSeconds(5));

    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir private Path backups;

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

    private FutureTask<Outcome> start(SilentProxy proxy, MigrationSetting setting) {
        var migrator =
                new Migrator(
                        database.client(),
                        Clock.systemUTC(),
                        new Watcher(database.client(), SOON),
                        BRIEF);
        return start(proxy, setting, migrator, Safeguard.NONE);
    }

    private FutureTask<Outcome> start(
            SilentProxy proxy, MigrationSetting setting, Migrator migrator, Safeguard safeguard) {
        var order = setting.order(through(proxy), new Goal.Upgrade("heads"), null);
        var patient =
                new MigrationOrder(
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
        var task = new FutureTask<>(() -> migrator.run(patient, Brake.OFF, progress, safeguard));
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
        var setting = new MigrationSetting(database).revision("a", TABLE);
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
        var setting = new MigrationSetting(database).revision("a", TABLE);
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

    /** What waits for a host that is gone writes no backup any more, and keeps nobody waiting. */
    @Test
    void aBackupThatFallsSilentEndsWithTheLock() throws Exception {
        int major = Integer.parseInt(database.value("SHOW server_version_num")) / 10_000;
        assumeTrue(DumpPrograms.fitting(major).isPresent(), "no pg_dump for this server");
        var setting =
                new MigrationSetting(database)
                        .revision("a", "--@ upgrade\nCREATE TABLE t (id int);");
        setting.up();
        setting.table("b");
        try (var proxy = new SilentProxy(upstream());
                var blocker = database.open()) {
            blocker.script("BEGIN; LOCK TABLE t IN ACCESS EXCLUSIVE MODE", BOUND);
            var run = start(proxy, setting, holding(), saving(proxy));
            awaitWaiting();
            await().atMost(BOUND).untilAsserted(() -> assertAsked(proxy.port(), 3));
            assertThat(programs(proxy)).isNotZero();
            reasons.clear();
            proxy.vanish();
            await().atMost(BOUND).until(() -> !reasons.isEmpty());
            assertThat(files(".part")).isZero();
            proxy.comeBack();
            blocker.script("COMMIT", BOUND);
            assertThat(run.get(BOUND.toSeconds(), TimeUnit.SECONDS))
                    .isInstanceOf(Outcome.Done.class);
            await().atMost(BOUND).until(() -> programs(proxy) == 0);
        }
        assertThat(reasons.getFirst()).contains("no answer within 5 s");
        assertThat(files(".json")).isEqualTo(1);
        assertThat(setting.kinds()).containsOnlyOnce("backed_up");
    }

    private Migrator holding() {
        var client = database.client();
        return new Migrator(client, Clock.systemUTC(), new Watcher(client), HELD);
    }

    private Safeguard saving(SilentProxy proxy) {
        var dump = new Dump(database.client(), new BackupFolder(backups), Clock.systemUTC());
        return new BackupSafeguard(dump, through(proxy), BackupExtent.SCHEMA, "r", Brake.OFF);
    }

    private long files(String ending) throws IOException {
        try (var all = Files.walk(backups)) {
            return all.filter(file -> file.toString().endsWith(ending)).count();
        }
    }

    private static long programs(SilentProxy proxy) {
        return ProcessHandle.current()
                .descendants()
                .filter(p -> p.info().commandLine().orElse("").contains(":" + proxy.port() + "/"))
                .count();
    }

    /**
     * The system asks the peer of each connection within 15 s: "02:" is the timer of one that is
     * idle and kept alive, in hundredths of a second.
     */
    private static void assertAsked(int port, int connections) throws IOException {
        var tables = List.of(Path.of("/proc/net/tcp"), Path.of("/proc/net/tcp6"));
        assumeTrue(tables.stream().allMatch(Files::exists), "only Linux shows its timers");
        var timers = new ArrayList<String>();
        for (var table : tables) {
            for (var line : Files.readAllLines(table)) {
                if (line.contains(":%04X 01 ".formatted(port))) {
                    timers.add(line.trim().split(" +")[5]);
                }
            }
        }
        assertThat(timers)
                .hasSizeGreaterThanOrEqualTo(connections)
                .allMatch(t -> t.startsWith("02:"))
                .allMatch(t -> Long.parseLong(t.substring(3), 16) <= 1500);
    }

    @Test
    void aServerThatFallsSilentEachTimeIsGivenUp() throws Exception {
        var setting = new MigrationSetting(database).revision("a", TABLE);
        try (var proxy = new SilentProxy(upstream())) {
            proxy.silenceAfter(1200);
            var lost =
                    (Outcome.Lost) start(proxy, setting).get(BOUND.toSeconds(), TimeUnit.SECONDS);
            assertThat(lost.reason()).hasMessageContaining("no answer within 5 s");
        }
        assertThat(reasons).hasSizeBetween(1, 3); // and not as often as it would be tried
    }
}
