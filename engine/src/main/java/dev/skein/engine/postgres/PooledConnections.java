// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import io.netty.channel.Channel;
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

    private PooledConnections() {}

    /** Makes one of such connections. */
    public static Pool pool(Vertx vertx, PoolOptions pool, List<PgConnectOptions> servers) {
        for (var server : servers) {
            KeepAliveProbes.ask(server.setConnectTimeout((int) CONNECT_BOUND.toMillis()));
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

    /** Ends a connection whose peer is silent, without taking leave; its place is free again. */
    public static void breakOff(SqlConnection connection) {
        OpenConnections.breakOff(channel(connection));
    }

    static Channel channel(SqlConnection connection) {
        var wire = ((SqlConnectionInternal) connection).unwrap().unwrap();
        return ((SocketConnectionBase) wire).socket().channelHandlerContext().channel();
    }
}
