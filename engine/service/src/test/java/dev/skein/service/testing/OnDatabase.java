// SPDX-License-Identifier: Apache-2.0
package dev.skein.service.testing;

import dev.skein.engine.testing.TestDatabase;
import dev.skein.service.database.Db;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test with a database of its own, and a service's way to it. */
public abstract class OnDatabase {
    @RegisterExtension protected final TestDatabase database = new TestDatabase();

    protected Db db;
    private final Vertx vertx = Vertx.vertx();
    private final int connections;
    private Pool pool;

    /**
     * @param connections how many the service has at most
     */
    protected OnDatabase(int connections) {
        this.connections = connections;
    }

    @BeforeEach
    final void openDatabase() {
        pool = pool(options());
        db = new Db("test", pool);
    }

    /** How the database is reached. */
    protected final PgConnectOptions options() {
        return PgConnectOptions.fromUri(database.address().url())
                .setPassword(String.valueOf(database.address().password()));
    }

    /** Another pool, which the test closes. */
    protected final Pool pool(PgConnectOptions options) {
        return PgBuilder.pool()
                .with(new PoolOptions().setMaxSize(connections))
                .connectingTo(options)
                .using(vertx)
                .build();
    }

    @AfterEach
    final void closeDatabase() {
        db.await(pool.close());
        db.await(vertx.close());
    }
}
