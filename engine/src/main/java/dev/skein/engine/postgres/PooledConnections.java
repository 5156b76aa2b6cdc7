// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.impl.SocketConnectionBase;
import io.vertx.sqlclient.impl.SqlConnectionInternal;
import java.time.Duration;
import java.util.List;

/**
 * A pool whose connections notice a peer that is gone. A router that has forgotten a connection
 * tells nobody, and the driver would wait for a quarter of an hour, with a place of the pool.
 */
public final class PooledConnections {
    private static final Duration CONNECT_BOUND = Duration.ofSeconds(10);

    /** Statements are prepared once by each connection: one answer to wait for instead of two. */
    private static final int LONGEST_KEPT = 16_384;

    private PooledConnections() {}

    /** Makes one of such connections. */
    public static Pool pool(Vertx vertx, PoolOptions pool, List<PgConnectOptions> servers) {
        for (var server : servers) {
            KeepAliveProbes.ask(server.setConnectTimeout((int) CONNECT_BOUND.toMillis()));
            server.setCachePreparedStatements(true);
            server.setPreparedStatementCacheSqlLimit(LONGEST_KEPT);
        }
        return PgBuilder.pool()
                .with(pool)
                .connectingTo(List.copyOf(servers))
                .withConnectHandler(PooledConnections::opened)
                .using(vertx)
                .build();
    }

    private static void opened(SqlConnection connection) {
        KeepAliveProbes.ask(channel(connection));
        connection.close(); // gives it to the pool
    }

    /**
     * Ends a connection without taking leave, as of a peer that is silent; its place is free again.
     *
     * @return when the pool has let go of it: nobody is given it once more
     */
    public static Future<Void> breakOff(SqlConnection connection) {
        var channel = channel(connection);
        var loop = channel.eventLoop();
        if (loop.isShuttingDown()) {
            return Future.succeededFuture();
        }
        var gone = Promise.<Void>promise();
        // The pool is told two turns of the loop after the channel has closed.
        channel.closeFuture()
                .addListener(closed -> loop.execute(() -> loop.execute(gone::tryComplete)));
        OpenConnections.breakOff(channel);
        return gone.future();
    }

    static Channel channel(SqlConnection connection) {
        var wire = ((SqlConnectionInternal) connection).unwrap().unwrap();
        return ((SocketConnectionBase) wire).socket().channelHandlerContext().channel();
    }
}
