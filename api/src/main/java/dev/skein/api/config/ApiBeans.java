// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.config;

import dev.skein.engine.postgres.PooledConnections;
import dev.skein.service.database.Db;
import io.quarkus.arc.ClientProxy;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The things from outside that everything injects. */
@ApplicationScoped
public class ApiBeans {
    private static final String SUBJECT = "The control plane's database";

    private volatile PgPoolCreator.@Nullable Input made;
    private volatile @Nullable Pool ofLoops;

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    /** Lock order everywhere: stream head, wave tally, targets by uid. */
    @Produces
    @Singleton
    Db db(Pool pool) {
        return new Db(SUBJECT, pool);
    }

    @Produces
    @Singleton
    @LoopConnections
    Db loops(Pool pool, ApiConfig config) {
        var _ = ClientProxy.unwrap(pool); // is made now, where nobody asked for it before
        var known = Objects.requireNonNull(made, "the pool of whoever asks");
        var options = new PoolOptions(known.poolOptions());
        options.setMaxSize(config.loopConnections()).setShared(false);
        var servers = known.pgConnectOptionsList().stream().map(PgConnectOptions::new).toList();
        var own = PooledConnections.pool(known.vertx(), options, servers);
        ofLoops = own;
        return new Db(SUBJECT, own);
    }

    /** What is read, and no transaction of ours with a bound of its own, takes so long at most. */
    @Produces
    @Singleton
    PgPoolCreator pools(ApiConfig config) {
        var bound = String.valueOf(config.readTimeout().toMillis());
        return input -> {
            made = input;
            var servers = input.pgConnectOptionsList().stream().map(PgConnectOptions::new).toList();
            servers.forEach(server -> server.addProperty("statement_timeout", bound));
            return PooledConnections.pool(input.vertx(), input.poolOptions(), servers);
        };
    }

    @PreDestroy
    void close() {
        var own = ofLoops;
        if (own != null) {
            new Db(SUBJECT, own).await(own.close());
        }
    }
}
