// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.execute.session;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.Unreachable;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The session that watches one server, from a database that is in use anyway, so that it is in
 * nobody's way who drops or renames another. It knows how long the server has been silent. Used by
 * one thread.
 */
final class WatchSession implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(WatchSession.class.getName());
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(10);

    /** Whatever role its login has by default: sessions are the logins'. */
    private static final Map<String, String> AS_LOGIN = Map.of("role", "none");

    private final PgClient client;
    private final String server;
    private final Duration answerTimeout;
    private volatile @Nullable PgSession session;
    private volatile boolean over;
    private @Nullable DatabaseAddress place;
    private @Nullable Long silentSince;
    private Duration pause = Duration.ZERO;
    private long retryAt = System.nanoTime();

    /**
     * @param server its name, for the log
     * @param answerTimeout for each question
     */
    WatchSession(PgClient client, String server, Duration answerTimeout) {
        this.client = client;
        this.server = server;
        this.answerTimeout = answerTimeout;
    }

    /**
     * Asks the server; nothing where it cannot be asked now.
     *
     * @param inUse databases of it that are in use
     */
    Optional<RowSet<Row>> ask(List<DatabaseAddress> inUse, String sql) {
        try {
            if (session == null && System.nanoTime() - retryAt < 0) {
                return Optional.empty();
            }
            var rows = in(inUse).script(sql, answerTimeout);
            silentSince = null;
            pause = Duration.ZERO;
            return Optional.of(rows);
        } catch (SkeinException e) {
            failed(e);
            return Optional.empty();
        }
    }

    private PgSession in(List<DatabaseAddress> inUse) {
        var open = session;
        if (open != null && inUse.contains(place)) {
            return open;
        }
        close();
        place = inUse.getFirst();
        var opened = client.open(place, "skein watcher", AS_LOGIN);
        session = opened;
        return opened;
    }

    /** Without a watcher the timeouts still hold; later it is tried again. */
    private void failed(SkeinException e) {
        boolean first = pause.isZero();
        LOG.log(
                first && !over ? System.Logger.Level.WARNING : System.Logger.Level.DEBUG,
                "watcher of {0}: {1}",
                server,
                e.found());
        pause = first ? FIRST_PAUSE : shorter(pause.multipliedBy(2), LONGEST_PAUSE);
        if (!(e instanceof Unreachable unreachable) || unreachable.isRefusal()) {
            silentSince = null;
        } else if (silentSince == null) {
            silentSince = System.nanoTime();
        }
        abort(e.found());
        close();
        retryAt = System.nanoTime() + pause.toNanos();
    }

    private static Duration shorter(Duration a, Duration b) {
        return a.compareTo(b) < 0 ? a : b;
    }

    /** How long nothing has answered there; zero as long as something does. */
    Duration silence() {
        var since = silentSince;
        return since == null ? Duration.ZERO : Duration.ofNanos(System.nanoTime() - since);
    }

    /** Ends a question that waits for its answer; from any thread. */
    void abort() {
        over = true;
        abort("nobody is watched any more");
    }

    private void abort(String why) {
        var open = session;
        if (open != null) {
            open.abort(why);
        }
    }

    @Override
    public void close() {
        var open = session;
        if (open != null) {
            open.close();
        }
        session = null;
        place = null;
    }
}
