// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.config;

import dev.skein.engine.postgres.PooledConnections;
import dev.skein.engine.proof.NoteKey;
import dev.skein.service.database.Db;
import io.quarkus.reactive.pg.client.PgPoolCreator;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;

/** The things from outside that everything injects. */
@ApplicationScoped
public class AuditBeans {
    @Produces
    @Singleton
    NoteKey.Pair key(AuditConfig config, Db db) {
        var name = config.origin().replaceAll("[^A-Za-z0-9./_-]", "-");
        return SigningKey.at(config.key(), name, () -> db.call(AuditSchema::hasSigned));
    }

    @Produces
    @Singleton
    Db db(Pool pool) {
        return new Db("The audit database", pool);
    }

    @Produces
    @Singleton
    Clock clock() {
        return Clock.systemUTC();
    }

    @Produces
    @Singleton
    PgPoolCreator pools() {
        return input ->
                PooledConnections.pool(
                        input.vertx(), input.poolOptions(), input.pgConnectOptionsList());
    }
}
