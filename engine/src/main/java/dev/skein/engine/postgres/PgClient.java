// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import io.vertx.pgclient.PgConnection;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Opens sessions. Owns the event loops when it made them: close it before the program ends, or the
 * end waits for them.
 */
public final class PgClient implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final Duration CLOSE = Duration.ofSeconds(5);

    private final Vertx vertx;
    private final boolean owned;

    private PgClient(Vertx vertx, boolean owned) {
        this.vertx = vertx;
        this.owned = owned;
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
        return new PgClient(Vertx.vertx(options), true);
    }

    /** A client on somebody else's event loops. */
    public static PgClient on(Vertx vertx) {
        return new PgClient(vertx, false);
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
        var options = address.options().setPipeliningLimit(256).setConnectTimeout(5000);
        options.addProperty("application_name", application);
        settings.forEach(options::addProperty);
        var connecting = PgConnection.connect(vertx, options).toCompletionStage();
        try {
            var connection =
                    connecting.toCompletableFuture().get(CONNECT.toSeconds(), TimeUnit.SECONDS);
            return new PgSession(connection, "Database " + address);
        } catch (ExecutionException e) {
            throw ConnectFailure.explain(address, e.getCause() == null ? e : e.getCause());
        } catch (TimeoutException e) {
            connecting.thenAccept(PgConnection::close);
            throw ConnectFailure.silent(address, CONNECT, e);
        } catch (InterruptedException e) {
            connecting.thenAccept(PgConnection::close);
            Thread.currentThread().interrupt();
            throw new SkeinException(
                    ErrorCode.INTERRUPTED, "Database " + address, "interrupted", "", e);
        }
    }

    @Override
    public void close() {
        if (owned) {
            Await.get("Event loops", vertx.close(), CLOSE);
        }
    }
}
