// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.testing;

import dev.skein.audit.config.Schema;
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

/** A test with a database of its own that has the audit service's schema. */
public abstract class OnAuditDatabase {
    @RegisterExtension protected final TestDatabase database = new TestDatabase();

    protected Db db;
    private final Vertx vertx = Vertx.vertx();
    private Pool pool;

    /** Up to which revision the schema is made. */
    protected String version() {
        return "heads";
    }

    @BeforeEach
    void open() {
        Schema.revisions(database.client()).upgrade(database.address(), version());
        var options =
                PgConnectOptions.fromUri(database.address().url())
                        .setPassword(String.valueOf(database.address().password()));
        pool =
                PgBuilder.pool()
                        .with(new PoolOptions().setMaxSize(2))
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
}
