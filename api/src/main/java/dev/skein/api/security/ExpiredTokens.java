// SPDX-License-Identifier: Apache-2.0
package dev.skein.api.security;

import dev.skein.api.store.TokenRows;
import dev.skein.engine.SkeinException;
import dev.skein.service.database.Db;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.common.annotation.RunOnVirtualThread;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/** Deletes tokens that are worth nothing any more. */
@ApplicationScoped
public class ExpiredTokens {
    private static final Logger LOG = Logger.getLogger(ExpiredTokens.class);

    private final Db db;

    public ExpiredTokens(Db db) {
        this.db = db;
    }

    @Scheduled(every = "1h", delayed = "1m")
    @RunOnVirtualThread
    void delete() {
        try {
            boolean more = true;
            while (more) {
                more = db.call(TokenRows::deleteExpired);
            }
        } catch (SkeinException e) {
            LOG.warnf("expired tokens: %s", e.getMessage()); // they are deleted in an hour
        }
    }
}
