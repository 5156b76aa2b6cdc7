// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.engine.execute.order.AcceptedDrift;
import dev.skein.engine.execute.order.Brake;
import dev.skein.engine.execute.order.Goal;
import dev.skein.engine.execute.order.MigrationOrder;
import dev.skein.engine.execute.order.Outcome;
import dev.skein.engine.execute.order.Progress;
import dev.skein.engine.execute.session.TenantSession;
import dev.skein.engine.journal.AbortCondition;
import dev.skein.engine.journal.Entry;
import dev.skein.engine.journal.EntryBody;
import dev.skein.engine.journal.EntryDraft;
import dev.skein.engine.journal.Journal;
import dev.skein.engine.journal.JournalSql;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.testing.MigrationSetting;
import dev.skein.engine.testing.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server does to a run: ends it, cancels it, chooses it as victim, has no place for it. */
class ServerTroubleTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final String OURS =
            " FROM pg_stat_activity WHERE datname = current_database() AND application_name ="
                    + " 'skein tester'";

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private FutureTask<Outcome> start(MigrationSetting setting) {
        var order = setting.order(new Goal.Upgrade("heads"), null);
        var limits = MigrationSetting.LIMITS.withTimeouts(Duration.ofMinutes(1), Duration.ZERO);
        var patient =
                new MigrationOrder(
                        order.address(),
                        order.scope(),
                        order.scripts(),
                        order.goal(),
                        order.author(),
                        limits);
        var task = new FutureTask<>(() -> setting.run(patient, Brake.OFF));
        Thread.ofVirtual().start(task);
        return task;
    }

    private void awaitWaiting() {
        await().atMost(BOUND)
                .until(() ->
                        database.value("SELECT count(*)" + OURS + " AND wait_event_type = 'Lock'")
                                .equals("1"));
    }

    /** A step that has altered a table and now waits for a lock that the test holds. */
    private MigrationSetting altering() {
        var setting = new MigrationSetting(database).table("a");
        setting.up();
        return setting.revision(
                "b",
                "--@ upgrade\nALTER TABLE a ADD COLUMN x int;\nSELECT pg_advisory_xact_lock(7);");
    }

    @Test
    void aSessionThatIsEndedInTheMiddleOfAnAlterIsReplaced() throws Exception {
        var setting = altering();
        try (var blocker = database.open()) {
            blocker.script("BEGIN; SELECT pg_advisory_xact_lock(7)", BOUND);
            var run = start(setting);
            awaitWaiting();
            database.run("SELECT pg_terminate_backend(pid)" + OURS);
            awaitWaiting();
            blocker.script("COMMIT", BOUND);
            assertThat(run.get()).isInstanceOf(Outcome.Done.class);
        }
        assertThat(setting.kinds().stream().filter("applied"::equals)).hasSize(2);
    }

    @Test
    void whatAPersonCancelsInTheMiddleOfAnAlterFailsAndIsRolledBack() throws Exception {
        var setting = altering();
        try (var blocker = database.open()) {
            blocker.script("BEGIN; SELECT pg_advisory_xact_lock(7)", BOUND);
            var run = start(setting);
            awaitWaiting();
            database.run("SELECT pg_cancel_backend(pid)" + OURS);
            assertThat(((Outcome.Failed) run.get()).error().sqlState()).isEqualTo("57014");
            blocker.script("COMMIT", BOUND);
        }
        assertThat(
                        database.value(
                                "SELECT count(*) FROM pg_attribute WHERE attrelid = 'a'::regclass"
                                        + " AND attname = 'x'"))
                .isEqualTo("0");
    }

    @Test
    void theVictimOfADeadlockIsTriedAgain() throws Exception {
        var waiter =
                "SELECT FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND objid = 1";
        var setting =
                new MigrationSetting(database)
                        .revision(
                                "a",
                                "--@ upgrade\nSELECT pg_advisory_xact_lock(1);\nDO $$ BEGIN FOR i"
                                        + " IN 1..300 LOOP EXIT WHEN EXISTS ("
                                        + waiter
                                        + ") OR pg_try_advisory_xact_lock(2); PERFORM"
                                        + " pg_sleep(0.01); END LOOP; END $$;\n"
                                        + "SELECT pg_advisory_xact_lock(2);");
        try (var other = database.open()) {
            other.script("SET deadlock_timeout = '20s'; BEGIN", BOUND);
            other.script("SELECT pg_advisory_xact_lock(2)", BOUND);
            var run = start(setting);
            await().atMost(BOUND)
                    .until(() ->
                            database.value(
                                            "SELECT count(*) FROM pg_locks WHERE locktype ="
                                                    + " 'advisory' AND granted AND objid = 1 AND"
                                                    + " classid = 0")
                                    .equals("1"));
            other.script("SELECT pg_advisory_xact_lock(1); COMMIT", BOUND);
            assertThat(run.get()).isInstanceOf(Outcome.Done.class);
        }
    }

    /** What a role needs that is no superuser, and has one connection, which the run takes. */
    @Test
    void aRoleWithTheRightsThatAreAskedForMigratesWithItsOnlyConnection() throws Exception {
        var role = "r" + database.address().database();
        database.run(
                "CREATE ROLE %1$s LOGIN PASSWORD 'p' CONNECTION LIMIT 1; GRANT CREATE ON DATABASE %2$s TO %1$s; GRANT CREATE ON SCHEMA public TO %1$s"
                        .formatted(role, database.address().database()));
        database.whenDropped("DROP ROLE " + role);
        var setting =
                new MigrationSetting(database)
                        .table("a")
                        .revision("b", "--@ upgrade\nSELECT pg_sleep(1.2);");
        database.as(role, "p");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        try (var _ = database.open()) {
            var lost = (Outcome.Lost) setting.table("c").up();
            assertThat(lost.reason()).hasMessageContaining("53300");
            assertThat(lost.reason().remedy()).contains("parallelism");
        }
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
    }

    @Test
    void aRolesBoundOnTransactionsEndsNoStep() {
        try (var session = database.open()) {
            assumeTrue(session.major() >= 17, "the server knows no transaction_timeout");
        }
        var role = "b" + database.address().database();
        database.run(
                """
                CREATE ROLE %1$s LOGIN PASSWORD 'p';
                ALTER ROLE %1$s SET transaction_timeout = '500ms';
                GRANT CREATE ON DATABASE %2$s TO %1$s;
                GRANT CREATE ON SCHEMA public TO %1$s
                """
                        .formatted(role, database.address().database()));
        database.whenDropped("DROP ROLE " + role);
        var setting =
                new MigrationSetting(database)
                        .revision(
                                "a",
                                "--@ upgrade\nSELECT pg_sleep(1);\n--@ verify: after\nSELECT"
                                        + " pg_sleep(1) IS NOT NULL;")
                        .revision(
                                "b",
                                "--@ upgrade\nCREATE TABLE t (id int PRIMARY KEY, s text);"
                                        + "INSERT INTO t VALUES (1)")
                        .revision(
                                "c",
                                "--@ transaction: none\n--@ upgrade\nUPDATE t SET s ="
                                        + " current_setting('transaction_timeout');")
                        .revision(
                                "d",
                                "--@ batch: t by id, 1 rows\n"
                                    + "--@ upgrade\n"
                                    + "UPDATE t SET s = concat(s,"
                                    + " current_setting('transaction_timeout')) WHERE id BETWEEN"
                                    + " :from AND :to;")
                        .revision(
                                "e",
                                "--@ upgrade\nUPDATE t SET s = concat(s,"
                                        + " current_setting('transaction_timeout'));");
        database.as(role, "p");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT s FROM t")).isEqualTo("000");
    }

    @ParameterizedTest
    @ValueSource(strings = {"LATIN1", "SQL_ASCII"})
    void aDatabaseWithAnotherEncodingKeepsItsHistoryReadable(String encoding) {
        var name =
                database.address().database() + "_" + encoding.toLowerCase(java.util.Locale.ROOT);
        database.run(
                "CREATE DATABASE %s ENCODING '%s' LC_COLLATE 'C' LC_CTYPE 'C' TEMPLATE template0"
                        .formatted(name, encoding));
        database.adopt(name);
        database.use(name);
        var setting =
                new MigrationSetting(database)
                        .revision("a", "--@ upgrade\nCREATE TABLE a AS SELECT 'café' AS name;")
                        .table("b");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT name FROM a")).isEqualTo("café");
        database.run("ALTER TABLE b ADD by_hand int");
        setting.revision(
                "c",
                "--@ transaction: none\n--@ upgrade\nCREATE INDEX CONCURRENTLY i ON b (id);\n"
                        + "--@ downgrade\nDROP INDEX CONCURRENTLY i;");
        var order = setting.order(new Goal.Upgrade("heads"), null);
        var accepting = order.withDrift(new AcceptedDrift("急ぎ, für Ł.", null));
        assertThat(setting.run(accepting, Brake.OFF)).isInstanceOf(Outcome.Done.class);
        assertThat(setting.down("b")).isInstanceOf(Outcome.Done.class);
        try (var session = database.client().open(database.address(), "test", Map.of())) {
            assertThat(new Journal(session, "").after(0, 100)).allMatch(Entry::isIntact);
        }
    }

    /** Somebody takes the journal over before a step of any kind, or between two batches. */
    @Test
    void aHolderThatWasFencedOutDoesNoMoreWork() {
        var setting =
                new MigrationSetting(database)
                        .revision(
                                "a",
                                "--@ upgrade\nCREATE TABLE t (id int PRIMARY KEY, n int NOT NULL"
                                        + " DEFAULT 0);\nINSERT INTO t SELECT g FROM"
                                        + " generate_series(1, 30) g;")
                        .revision(
                                "b",
                                "--@ batch: t by id, 10 rows\n--@ upgrade\nUPDATE t SET n = n + 1"
                                        + " WHERE id BETWEEN :from AND :to;");
        setting.run(new Goal.Upgrade("a"));
        assertThat(fencedAt(setting, 3)).isInstanceOf(Outcome.Lost.class);
        assertThat(database.value("SELECT sum(n) FROM t")).isEqualTo("10");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        assertThat(database.value("SELECT min(n) || '-' || max(n) FROM t")).isEqualTo("1-1");
        setting.table("c");
        assertThat(fencedAt(setting, 1)).isInstanceOf(Outcome.Lost.class);
        assertThat(database.value("SELECT to_regclass('c') IS NULL")).isEqualTo("true");
        assertThat(setting.up()).isInstanceOf(Outcome.Done.class);
        setting.revision(
                "d", "--@ transaction: none\n--@ upgrade\nCREATE INDEX CONCURRENTLY t_n ON t (n);");
        var before = setting.kinds();
        assertThat(fencedAt(setting, 1)).isInstanceOf(Outcome.Lost.class);
        assertThat(database.value("SELECT to_regclass('t_n') IS NULL")).isEqualTo("true");
        assertThat(setting.kinds()).as("not even meant to").isEqualTo(before);
    }

    /** No revision gets there: what ends a transaction is refused by its words or by the server. */
    @Test
    void workThatEndsTheTransactionIsSeenByTheLostNonce() {
        var setting = new MigrationSetting(database).table("a");
        setting.up();
        var order = setting.order(new Goal.Upgrade("heads"), null);
        try (var contact =
                TenantSession.open(database.client(), order, Clock.systemUTC(), Progress.NONE)) {
            var state = contact.fence().orElseThrow();
            var draft =
                    new EntryDraft(
                            List.of("b"),
                            "",
                            new EntryBody.Applied(new EntryBody.RevisionVersion("b", "c")));
            var entry = contact.chain().next(state, draft);
            var after = state.after(entry, draft.heads(), null);
            var sql = new JournalSql("", "nonce1");
            var message =
                    String.join(
                            ";",
                            "BEGIN",
                            sql.guard(state),
                            "CREATE TABLE b (); COMMIT",
                            sql.close(state, after, entry, null, "NULL", null));
            assertThatThrownBy(() -> contact.session().script(message, BOUND))
                    .isInstanceOfSatisfying(
                            PgServerError.class,
                            e ->
                                    assertThat(AbortCondition.code(e))
                                            .isEqualTo(AbortCondition.TRANSACTION_ENDED));
            contact.release();
        }
        assertThat(setting.kinds()).endsWith("observed");
    }

    private Outcome fencedAt(MigrationSetting setting, int question) {
        var asked = new AtomicInteger();
        Brake brake =
                () -> {
                    if (asked.incrementAndGet() == question) {
                        database.run("UPDATE skein.state SET epoch = epoch + 1");
                    }
                    return false;
                };
        return setting.run(setting.order(new Goal.Upgrade("heads"), null), brake);
    }
}
