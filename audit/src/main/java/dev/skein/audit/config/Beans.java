// SPDX-License-Identifier: Apache-2.0
package dev.skein.audit.config;

import dev.skein.engine.postgres.Db;
import io.vertx.sqlclient.Pool;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

/** The things from outside that everything injects. */
@ApplicationScoped
public class Beans {
    @Produces
    @Singleton
    Db db(Pool pool) {
        return new Db("The audit database", pool);
    }
}
