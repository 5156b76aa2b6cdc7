// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import dev.skein.engine.SkeinException;
import io.vertx.core.Future;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Connections that stay open when their session is closed, at most one for each way to connect. The
 * server's process has read the catalogs then: the next session is spared that. What a session left
 * behind is discarded before another one sees the connection.
 */
final class KeptSessions {
    private static final Duration RESET = Duration.ofSeconds(5);

    /** What makes two sessions alike from their first packet on. */
    record Key(DatabaseAddress address, String application, Map<String, String> settings) {
        Key {
            settings = Map.copyOf(settings);
        }
    }

    private final Map<Key, PgConnection> idle = new HashMap<>();
    private long released;
    private boolean closed;

    /** To be asked before a connection is made, and given to {@link #keep}. */
    synchronized long turn() {
        return released;
    }

    /** A connection that is alive; null where none is kept. */
    @Nullable PgConnection take(Key key) {
        PgConnection kept;
        synchronized (this) {
            kept = idle.remove(key);
        }
        if (kept == null || answers(key, kept, "SELECT 1")) {
            return kept;
        }
        end(kept);
        return null;
    }

    /**
     * Keeps a connection; false where the caller has to close it.
     *
     * @param turn from before it was made: whoever lets go meanwhile means those in use, too
     */
    boolean keep(Key key, long turn, PgConnection connection) {
        connection.exceptionHandler(lost -> {}); // whoever takes it next finds that out
        return isWanted(key, turn)
                && answers(key, connection, "ROLLBACK")
                && answers(key, connection, "DISCARD ALL")
                && putIfWanted(key, turn, connection);
    }

    private synchronized boolean isWanted(Key key, long turn) {
        return !closed && turn == released && !idle.containsKey(key);
    }

    private synchronized boolean putIfWanted(Key key, long turn, PgConnection connection) {
        return isWanted(key, turn) && idle.put(key, connection) == null;
    }

    /** Closes what is kept of a database. */
    void letGo(DatabaseAddress address) {
        synchronized (this) {
            released++;
        }
        end(key -> key.address().equals(address));
    }

    /** Closes all, and keeps nothing from then on. */
    void close() {
        synchronized (this) {
            closed = true;
        }
        end(key -> true);
    }

    private void end(Predicate<Key> which) {
        List<PgConnection> going = new ArrayList<>();
        synchronized (this) {
            idle.entrySet()
                    .removeIf(entry -> which.test(entry.getKey()) && going.add(entry.getValue()));
        }
        going.forEach(KeptSessions::end);
    }

    private static void end(PgConnection connection) {
        succeeds("A kept session", connection.close());
    }

    private static boolean answers(Key key, PgConnection connection, String sql) {
        return succeeds("Database " + key.address(), connection.query(sql).execute());
    }

    /** A connection that is lost, or does not answer, is one that is not kept. */
    private static boolean succeeds(String subject, Future<?> sent) {
        try {
            Await.get(subject, sent, RESET);
            return true;
        } catch (SkeinException e) {
            System.getLogger(KeptSessions.class.getName())
                    .log(System.Logger.Level.DEBUG, "{0}: {1}", subject, e.found());
            return false;
        }
    }
}
