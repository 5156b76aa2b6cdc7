// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.testing;

import dev.skein.api.config.Schema;
import dev.skein.engine.postgres.Db;
import dev.skein.engine.testing.TestDatabase;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A test with a database of its own for the api's schema, which it makes as far as it likes. */
public abstract class OnApiDatabase {
    @RegisterExtension protected final TestDatabase database = new TestDatabase();

    protected Db db;
    private final Vertx vertx = Vertx.vertx();
    private Pool pool;

    @BeforeEach
    void open() {
        var address = database.address();
        var options =
                PgConnectOptions.fromUri(address.url())
                        .setPassword(String.valueOf(address.password()));
        pool =
                PgBuilder.pool()
                        .with(new PoolOptions().setMaxSize(1))
                        .connectingTo(options)
                        .using(vertx)
                        .build();
        db = new Db("test", pool);
    }

    @AfterEach
    void close() {
        db.await(pool.close());
        db.await(vertx.close());
    }

    /** Makes the schema up to a revision. */
    protected void migrate(String to) {
        Schema.revisions(database.client()).upgrade(database.address(), to);
    }
}
