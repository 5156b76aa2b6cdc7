// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.core.impl.ContextInternal;
import io.vertx.core.impl.VertxInternal;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.impl.PgConnectionFactory;
import io.vertx.sqlclient.SqlConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions. Owns the event loops when it made them: close it before the program ends, or the
 * end waits for them. Its sessions end with it.
 */
public final class PgClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final VertxInternal vertx;
    private final boolean owned;
    private final @Nullable KeptSessions kept;

    /** One for all sessions: one that a failed attempt leaves behind outlives the event loops. */
    private final PgConnectionFactory factory;

    private PgClient(Vertx vertx, boolean owned, @Nullable KeptSessions kept) {
        this.vertx = ((ContextInternal) vertx.getOrCreateContext()).owner();
        this.owned = owned;
        this.kept = kept;
        this.factory = new PgConnectionFactory(this.vertx, PgClient::withoutOptions);
        this.vertx.addCloseHook(factory);
    }

    private static Future<PgConnectOptions> withoutOptions() {
        return Future.failedFuture("each session comes with its own address");
    }

    /** A client with event loops of its own. */
    public static PgClient create() {
        // The JVM's own name resolution: the client's reads files and opens sockets at start.
        System.setProperty("vertx.disableDnsResolver", "true");
        var options = new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2);
        // Nothing is served from the class path, so no folder for it is made and removed.
        options.setFileSystemOptions(
                new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
        return new PgClient(Vertx.vertx(options), true, null);
    }

    /** A client on somebody else's event loops. */
    public static PgClient on(Vertx vertx) {
        return new PgClient(vertx, false, null);
    }

    /**
     * A client on the same event loops that keeps connections of closed sessions for the next ones
     * that are opened in the same way. Close it to let go of them.
     */
    public PgClient keeping() {
        return new PgClient(vertx, false, new KeptSessions());
    }

    /** Closes the connections that are kept to a database, so that it can be copied or dropped. */
    public void letGo(DatabaseAddress address) {
        if (kept != null) {
            kept.letGo(address);
        }
    }

    /**
     * Connects.
     *
     * @param application what {@code pg_stat_activity} shows
     * @param settings further start-up parameters of the session
     * @throws Unreachable saying why, without the password
     */
    public PgSession open(
            DatabaseAddress address, String application, Map<String, String> settings) {
        var keeper = kept;
        if (keeper == null) {
            return connect(address, application, settings, connection -> false);
        }
        var key = new KeptSessions.Key(address, application, settings);
        long turn = keeper.turn();
        Predicate<PgConnection> keeps = done -> keeper.keep(key, turn, done);
        var ready = keeper.take(key);
        return ready == null
                ? connect(address, application, settings, keeps)
                : new PgSession(ready, address, keeps);
    }

    private PgSession connect(
            DatabaseAddress address,
            String application,
            Map<String, String> settings,
            Predicate<PgConnection> keeper) {
        var options = address.options().setPipeliningLimit(256).setConnectTimeout(5000);
        Probes.ask(options);
        options.addProperty("application_name", application);
        settings.forEach(options::addProperty);
        var connecting = PgSession.sent(() -> connect(options)).toCompletionStage();
        try {
            var connection =
                    connecting.toCompletableFuture().get(CONNECT.toSeconds(), TimeUnit.SECONDS);
            return new PgSession(PgConnection.cast(connection), address, keeper);
        } catch (ExecutionException e) {
            throw ConnectFailure.explain(address, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            connecting.thenAccept(SqlConnection::close);
            throw ConnectFailure.silent(address, CONNECT, e);
        } catch (InterruptedException e) {
            connecting.thenAccept(SqlConnection::close);
            Thread.currentThread().interrupt();
            throw new SkeinException(
                    ErrorCode.INTERRUPTED, "Database " + address, "interrupted", "", e);
        }
    }

    private Future<SqlConnection> connect(PgConnectOptions options) {
        Context loop = vertx.createEventLoopContext();
        return factory.connect(loop, options);
    }

    @Override
    public void close() {
        if (kept != null) {
            kept.close();
        }
        if (owned) {
            Await.get("Event loops", vertx.close(), CLOSE);
        } else {
            Promise<Void> closed = Promise.promise();
            vertx.removeCloseHook(factory);
            factory.close(closed);
            Await.get("Sessions", closed.future(), CLOSE);
        }
    }
}
