// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.Await;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PooledConnections;
import dev.skein.engine.postgres.Unreachable;
import dev.skein.engine.testing.SilentProxy;
import dev.skein.engine.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What takes too long ends at the server, too, and the connection is there for others. */
class DbTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Duration BOUND = Duration.ofSeconds(2);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private final Vertx vertx = Vertx.vertx();
    private Pool pool;
    private Db db;

    @BeforeEach
    void open() {
        pool = pool(options(), 1);
        db = new Db("test", pool, BOUND, BOUND);
    }

    private PgConnectOptions options() {
        return PgConnectOptions.fromUri(database.address().url())
                .setPassword(String.valueOf(database.address().password()));
    }

    private Pool pool(PgConnectOptions options, int connections) {
        var size = new PoolOptions().setMaxSize(connections);
        return PooledConnections.pool(vertx, size, List.of(options));
    }

    @AfterEach
    void close() {
        Await.get("test", pool.close(), LONG);
        Await.get("test", vertx.close(), LONG);
    }

    private void expectEnded(Runnable work) {
        assertThatThrownBy(work::run)
                .isInstanceOfSatisfying(
                        PgServerError.class, e -> assertThat(e.isCancelled()).isTrue());
    }

    @Test
    void aStatementThatTakesTooLongEndsAtTheServer() {
        expectEnded(() -> db.run(tx -> tx.query("SELECT pg_sleep(20)")));
        assertThat(
                        database.value(
                                "SELECT count(*) FROM pg_stat_activity WHERE datname ="
                                        + " current_database() AND state = 'active' AND query LIKE"
                                        + " '%pg_sleep%' AND pid <> pg_backend_pid()"))
                .isEqualTo("0");
        int after = db.call(tx -> tx.query("SELECT 1").iterator().next().getInteger(0));
        assertThat(after).isEqualTo(1);
    }

    @Test
    void theBoundIsOfTheTransactionAndOfNobodyElse() {
        db.run(tx ->
                assertThat(tx.query("SHOW statement_timeout").iterator().next().getString(0))
                        .isEqualTo("2s"));
        var beside = Await.get("test", pool.query("SHOW statement_timeout").execute(), LONG);
        assertThat(beside.iterator().next().getString(0)).isEqualTo("0");
    }

    @Test
    void workOfWhichTheFailureDoesNotMatterDoesNotFailByTakingTooLong() {
        expectEnded(() -> db.run(tx -> tx.attempt(() -> tx.query("SELECT pg_sleep(20)"))));
    }

    @Test
    void whoIsFrozenInATransactionHoldsNobodyElse() throws Exception {
        database.run("CREATE TABLE t AS SELECT 1 AS x");
        var both = pool(options(), 2);
        var shared = new Db("test", both, LONG, BOUND);
        var locked = new CountDownLatch(1);
        var thawed = new CountDownLatch(1);
        var frozen =
                CompletableFuture.runAsync(() ->
                        shared.run(tx -> {
                            tx.query("UPDATE t SET x = 2");
                            locked.countDown();
                            await(thawed);
                        }));
        locked.await();
        long began = System.nanoTime();
        shared.run(tx -> tx.query("UPDATE t SET x = 3"));
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(BOUND.multipliedBy(3));
        thawed.countDown();
        assertThat(frozen)
                .failsWithin(LONG)
                .withThrowableThat()
                .withCauseInstanceOf(SkeinException.class);
        assertThat(database.value("SELECT x FROM t")).isEqualTo("3");
        Await.get("test", both.close(), LONG);
    }

    @Test
    void manyRowsAreTakenInPartsAsTheyWereWhenTheyWereAskedFor() {
        database.run("CREATE TABLE t AS SELECT x FROM generate_series(1, 25) x");
        var parts = new ArrayList<List<Integer>>();
        db.run(tx -> {
            tx.parts(
                    "SELECT x FROM t WHERE x > $1 ORDER BY x",
                    row -> row.getInteger(0),
                    10,
                    part -> {
                        parts.add(part);
                        tx.send("UPDATE t SET x = x + 100 WHERE x = $1", part.getLast());
                        assertThat(tx.query("SELECT FROM t").size()).isEqualTo(25);
                    },
                    3);
            assertThat(tx.query("SELECT FROM t WHERE x > 100").size()).isEqualTo(3);
        });
        assertThat(parts).extracting(List::size).containsExactly(10, 10, 2);
        assertThat(parts.getLast()).containsExactly(24, 25);
        parts.clear();
        db.run(tx ->
                tx.parts(
                        "SELECT x FROM t WHERE x < $1",
                        row -> row.getInteger(0),
                        10,
                        parts::add,
                        0));
        assertThat(parts).isEmpty();
    }

    @Test
    void whereAPartIsNotTakenTheConnectionIsGoodForTheNext() {
        database.run("CREATE TABLE t AS SELECT x FROM generate_series(1, 25) x");
        for (int n = 0; n < 3; n++) {
            assertThatThrownBy(() ->
                            db.run(tx ->
                                    tx.parts(
                                            "SELECT x FROM t",
                                            row -> row.getInteger(0),
                                            10,
                                            part -> {
                                                throw new IllegalStateException("full");
                                            })))
                    .hasMessage("full");
            assertThat(db.<Integer>call(tx -> tx.query("SELECT FROM t").size())).isEqualTo(25);
        }
        assertThatThrownBy(() -> db.run(tx -> tx.parts("SELECT 1 / $1", r -> r, 10, p -> {}, 0)))
                .hasMessageContaining("division by zero");
        assertThat(db.<Integer>call(tx -> tx.query("SELECT FROM t").size())).isEqualTo(25);
    }

    @Test
    void aStatementByItselfIsCommittedAndReturnsRows() {
        database.run("CREATE TABLE t (x int)");
        var rows = db.callSingle(LONG, tx -> tx.query("INSERT INTO t VALUES ($1) RETURNING x", 7));
        assertThat(rows.iterator().next().getInteger(0)).isEqualTo(7);
        assertThat(database.value("SELECT x FROM t")).isEqualTo("7");
    }

    @Test
    void aConnectionThatWasForgottenOnTheWayIsGivenUp() throws Exception {
        var options = options();
        try (var proxy = new SilentProxy(options.getPort())) {
            var far = pool(options.setHost("127.0.0.1").setPort(proxy.port()), 1);
            var across = new Db("far", far, BOUND, BOUND);
            across.run(tx -> tx.query("SELECT 1"));
            proxy.silenceFirst();
            long began = System.nanoTime();
            assertThatThrownBy(() -> across.callSingle(BOUND, tx -> tx.query("SELECT 1")))
                    .isInstanceOf(Unreachable.class);
            int after = across.call(tx -> tx.query("SELECT 1").iterator().next().getInteger(0));
            assertThat(after).isEqualTo(1);
            assertThat(Duration.ofNanos(System.nanoTime() - began))
                    .isLessThan(BOUND.multipliedBy(3));
            Await.get("test", far.close(), LONG);
        }
    }

    private static String typeOf(Db any, String sql) {
        return any.call(
                tx -> tx.query(sql).iterator().next().getValue(0).getClass().getSimpleName());
    }

    /** Has each of a pool's connections prepare a statement. */
    private static void prepare(Db shared, String sql, int left) {
        shared.run(tx -> {
            tx.query(sql);
            if (left > 1) {
                prepare(shared, sql, left - 1);
            }
        });
    }

    private void expectNoticed(String sql, String change, String before, String after) {
        database.run("DROP TABLE IF EXISTS t; CREATE TABLE t AS SELECT 1 AS x, 'a' AS y");
        var both = pool(options(), 3);
        var shared = new Db("test", both, LONG, LONG);
        prepare(shared, sql, 3);
        assertThat(typeOf(shared, sql)).isEqualTo(before);
        database.run(change);
        for (int n = 0; n < 4; n++) {
            assertThat(typeOf(shared, sql)).as(sql).isEqualTo(after);
        }
        prepare(shared, sql, 3);
        Await.get("test", both.close(), LONG);
    }

    @Test
    void aSchemaThatIsUpgradedBeneathItIsNoticed() {
        var wider = "ALTER TABLE t ALTER x TYPE bigint";
        expectNoticed("SELECT x FROM t", wider, "Integer", "Long");
        expectNoticed("SELECT * FROM t", wider, "Integer", "Long");
        expectNoticed("SELECT * FROM t", "ALTER TABLE t DROP x", "Integer", "String");
        expectNoticed("SELECT x FROM t", "ALTER TABLE t ADD z int", "Integer", "Integer");
        expectNoticed(
                "SELECT x FROM t",
                "DROP TABLE t; CREATE TABLE t AS SELECT 2.5 AS x, 'a' AS y",
                "Integer",
                "Numeric");
    }

    @Test
    void whatIsStaleInsideOfAnAttemptIsNoFailureOfIt() {
        database.run("CREATE TABLE t AS SELECT 1 AS x");
        db.run(tx -> tx.query("SELECT x FROM t"));
        database.run("ALTER TABLE t ALTER x TYPE bigint");
        db.run(tx -> assertThat(tx.attempt(() -> tx.query("SELECT x FROM t"))).isEmpty());
    }

    @Test
    void aStatementIsPlannedForWhatItAsks() {
        database.run(
                "CREATE TABLE t AS SELECT n AS x, n AS y FROM generate_series(1, 50000) n; CREATE"
                        + " INDEX t_x ON t (x); ANALYZE t");
        var search = "SELECT count(*) FROM t WHERE ($1::int IS NULL OR x = $1) AND y > 0";
        for (int n = 0; n < 8; n++) {
            db.run(tx -> tx.query(search, 7));
        }
        db.run(tx -> {
            var before = scans(tx);
            tx.query(search, 8);
            assertThat(scans(tx)).isEqualTo(before + 1);
            var kept =
                    tx.query(
                            "SELECT sum(generic_plans)::int, count(*)::int FROM"
                                    + " pg_prepared_statements WHERE statement LIKE '%y > 0'");
            assertThat(kept.iterator().next().getInteger(0)).as("general plans").isZero();
            assertThat(kept.iterator().next().getInteger(1)).as("kept").isEqualTo(1);
        });
    }

    /** How often this transaction has used the index. */
    private static long scans(Db.Tx tx) {
        var sql = "SELECT pg_stat_get_xact_numscans('t_x'::regclass)";
        return tx.query(sql).iterator().next().getLong(0);
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
