// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.config;

import dev.skein.engine.postgres.PooledConnections;
import dev.skein.service.database.Db;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The things from outside that everything injects. */
@ApplicationScoped
public class ApiBeans {
    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Lock order everywhere: stream head, wave tally, targets by uid. */
    @Produces
    @Singleton
    Db db(Pool pool) {
        return new Db("The control plane's database", pool);
    }

    @Produces
    @Singleton
    PgPoolCreator pools() {
        return input ->
                PooledConnections.pool(
                        input.vertx(), input.poolOptions(), input.pgConnectOptionsList());
    }
}
