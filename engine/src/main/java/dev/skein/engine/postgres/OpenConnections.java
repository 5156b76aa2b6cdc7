// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import io.netty.channel.Channel;
import io.vertx.core.Future;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.impl.NetSocketInternal;
import io.vertx.pgclient.impl.PgConnectionFactory;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * Makes connections and knows all that are open, those as well on which no server has answered yet:
 * the driver takes leave of a server and waits for its word, and a silent one never gives it.
 */
final class OpenConnections extends PgConnectionFactory {
    private final Duration bound;
    private final Set<Channel> open = ConcurrentHashMap.newKeySet();
    private final Set<Channel> sessions = ConcurrentHashMap.newKeySet();

    /**
     * @param bound for a server's answer; whoever connects gives up then, and says so
     */
    OpenConnections(VertxInternal vertx, Duration bound) {
        super(vertx, () -> Future.failedFuture("each session comes with its own address"));
        this.bound = bound.plusSeconds(1); // who gives up is to be the first
    }

    @Override
    protected NetClient netClient(NetClientOptions options) {
        return new HeardNetClient(super.netClient(options), this::opened);
    }

    private void opened(NetSocket socket) {
        var channel = ((NetSocketInternal) socket).channelHandlerContext().channel();
        open.add(channel);
        var end =
                channel.eventLoop()
                        .schedule(
                                () -> outOfTime(channel), bound.toMillis(), TimeUnit.MILLISECONDS);
        channel.closeFuture()
                .addListener(closed -> {
                    end.cancel(false);
                    open.remove(channel);
                    sessions.remove(channel);
                });
    }

    private void outOfTime(Channel channel) {
        if (!sessions.contains(channel)) {
            breakOff(channel);
        }
    }

    /** Notes that the server has let us in: from here on, a connection may last. */
    void isSession(Channel channel) {
        sessions.add(channel);
        if (!channel.isOpen()) {
            sessions.remove(channel);
        }
    }

    /** Breaks all that are open. */
    void breakOff() {
        open.forEach(OpenConnections::breakOff);
    }

    /** Not through the pipeline: there it would take leave and wait for the server's word. */
    static void breakOff(Channel channel) {
        if (!channel.eventLoop().isShuttingDown()) {
            channel.eventLoop().execute(() -> channel.unsafe().close(channel.newPromise()));
        }
    }
}
