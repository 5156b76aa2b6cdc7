// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.daemon.discover;

import dev.skein.engine.postgres.PgServerError;
import dev.skein.engine.postgres.PgSession;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;
import org.jboss.logging.Logger;

/**
 * How large databases are: asked at a look, and seldom, since the server opens each file for it.
 */
final class DatabaseSizes {
    private static final Logger LOG = Logger.getLogger(DatabaseSizes.class);
    private static final long SELDOM = Duration.ofMinutes(10).toNanos();

    private final Map<String, Size> known = new ConcurrentHashMap<>();
    private final LongSupplier nanos;

    private record Size(long bytes, long at) {}

    /**
     * @param nanos a clock that nobody sets, ns
     */
    DatabaseSizes(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** The place with its size as last known. */
    ServerDatabase known(ServerDatabase place) {
        var size = known.get(place.key());
        return size == null ? place : place.withSize(size.bytes());
    }

    /** The place with its size, which is asked of the session's database where it is old. */
    ServerDatabase at(PgSession session, ServerDatabase place) {
        var size = known.get(place.key());
        if (size == null || nanos.getAsLong() - size.at() > SELDOM) {
            long bytes = ask(session, place, size == null ? 0 : size.bytes());
            known.put(place.key(), new Size(bytes, nanos.getAsLong()));
        }
        return known(place);
    }

    /** A server that does not say it in time says what else it is asked. */
    private static long ask(PgSession session, ServerDatabase place, long otherwise) {
        try {
            var row = session.query("SELECT pg_database_size(current_database())");
            return row.iterator().next().getLong(0);
        } catch (PgServerError e) {
            LOG.infof("size database=%s: %s", place.name(), e.getMessage());
            return otherwise;
        }
    }

    /** Forgets a database that is gone. */
    void forget(ServerDatabase place) {
        known.remove(place.key());
    }
}
