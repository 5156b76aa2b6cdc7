// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.postgres.Await;
import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What takes too long ends at the server, too, and the connection is there for others. */
class DbTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @RegisterExtension final TestDatabase database = new TestDatabase();

    private final Vertx vertx = Vertx.vertx();
    private Pool pool;
    private Db db;

    @BeforeEach
    void open() {
        var options =
                PgConnectOptions.fromUri(database.address().url())
                        .setPassword(String.valueOf(database.address().password()));
        pool =
                PgBuilder.pool()
                        .with(new PoolOptions().setMaxSize(1))
                        .connectingTo(options)
                        .using(vertx)
                        .build();
        db = new Db("test", pool, Duration.ofSeconds(2));
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
}
