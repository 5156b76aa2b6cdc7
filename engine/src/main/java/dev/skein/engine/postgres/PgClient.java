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
    private static final System.Logger LOG = System.getLogger(PgClient.class.getName());

    private final VertxInternal vertx;
    private final boolean owned;
    private final Duration bound;
    private final @Nullable KeptSessions kept;

    /** One for all sessions: one that a failed attempt leaves behind outlives the event loops. */
    private final OpenConnections factory;

    private PgClient(Vertx vertx, boolean owned, @Nullable KeptSessions kept, Duration bound) {
        this.vertx = ((ContextInternal) vertx.getOrCreateContext()).owner();
        this.owned = owned;
        this.kept = kept;
        this.bound = bound;
        this.factory = new OpenConnections(this.vertx, bound);
        this.vertx.addCloseHook(factory);
    }

    /** A client with event loops of its own. */
    public static PgClient create() {
        return create(CONNECT);
    }

    /**
     * The same for tests.
     *
     * @param bound for a server's answer to whoever connects
     */
    static PgClient create(Duration bound) {
        // The JVM's own name resolution: the client's reads files and opens sockets at start.
        System.setProperty("vertx.disableDnsResolver", "true");
        var options = new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2);
        // Nothing is served from the class path, so no folder for it is made and removed.
        options.setFileSystemOptions(
                new FileSystemOptions()
                        .setClassPathResolvingEnabled(false)
                        .setFileCachingEnabled(false));
        return new PgClient(Vertx.vertx(options), true, null, bound);
    }

    /** A client on somebody else's event loops. */
    public static PgClient on(Vertx vertx) {
        return new PgClient(vertx, false, null, CONNECT);
    }

    /**
     * A client on the same event loops that keeps connections of closed sessions for the next ones
     * that are opened in the same way. Close it to let go of them.
     */
    public PgClient keeping() {
        return new PgClient(vertx, false, new KeptSessions(), bound);
    }

    /** Closes the connections that are kept to a database, so that it can be copied or dropped. */
    public void letGo(DatabaseAddress address) {
        if (kept != null) {
            kept.letGo(address);
        }
    }

    /**
     * Connects. Literals mean in every session what {@link SqlLiterals} writes, whatever a role or
     * database has; of settings that change that, poolers let this one pass.
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
        var options = options(address, application, settings);
        var connecting = PgSession.sent(() -> connect(options)).toCompletionStage();
        try {
            var connection =
                    connecting.toCompletableFuture().get(bound.toMillis(), TimeUnit.MILLISECONDS);
            var session = new PgSession(PgConnection.cast(connection), address, keeper);
            factory.isSession(session.channel());
            return session;
        } catch (ExecutionException e) {
            throw ConnectFailure.explain(address, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            connecting.thenAccept(SqlConnection::close);
            throw ConnectFailure.silent(address, bound, e);
        } catch (InterruptedException e) {
            connecting.thenAccept(SqlConnection::close);
            Thread.currentThread().interrupt();
            throw new SkeinException(
                    ErrorCode.INTERRUPTED, "Database " + address, "interrupted", "", e);
        }
    }

    private static PgConnectOptions options(
            DatabaseAddress address, String application, Map<String, String> settings) {
        var options = address.options().setPipeliningLimit(256).setConnectTimeout(5000);
        KeepAliveProbes.ask(options);
        options.addProperty("application_name", application);
        options.addProperty("standard_conforming_strings", "on");
        settings.forEach(options::addProperty);
        return options;
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
        Promise<Void> closed = Promise.promise();
        vertx.removeCloseHook(factory);
        factory.close(closed);
        ended("Sessions", closed.future());
        if (owned) {
            ended("Event loops", vertx.close());
        }
    }

    /** What was learned from the others holds: nobody is kept from it by one that is silent. */
    private void ended(String subject, Future<Void> end) {
        try {
            Await.get(subject, end, CLOSE);
        } catch (Unreachable e) {
            LOG.log(System.Logger.Level.DEBUG, "{0}: {1}", subject, e.found());
            factory.breakOff();
        }
    }
}
