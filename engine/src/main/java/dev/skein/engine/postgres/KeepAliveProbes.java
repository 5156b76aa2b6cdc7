// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import io.netty.channel.Channel;
import io.netty.channel.ChannelConfig;
import io.netty.channel.ChannelException;
import io.netty.channel.socket.nio.NioChannelOption;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.vertx.pgclient.PgConnectOptions;
import jdk.net.ExtendedSocketOptions;

/**
 * Lets the operating system ask a peer that is silent whether it is still there: after 15 s, then
 * every 5 s; a connection whose three questions stay unanswered is broken.
 */
final class KeepAliveProbes {
    private static final int IDLE_SECONDS = 15;
    private static final int INTERVAL_SECONDS = 5;
    private static final int COUNT = 3;
    private static final int UNACKNOWLEDGED_MILLIS = 30_000;

    private KeepAliveProbes() {}

    /** Before connecting. Only a native transport heeds the times. */
    static void ask(PgConnectOptions options) {
        options.setTcpKeepAlive(true)
                .setTcpKeepAliveIdleSeconds(IDLE_SECONDS)
                .setTcpKeepAliveIntervalSeconds(INTERVAL_SECONDS)
                .setTcpKeepAliveCount(COUNT)
                .setTcpUserTimeout(UNACKNOWLEDGED_MILLIS);
    }

    /**
     * Once connected: the times for the JDK's transport, which knows none for what it has sent. One
     * that is broken by now takes none; whoever asks something over it is told.
     */
    static void ask(Channel channel) {
        if (channel instanceof NioSocketChannel) {
            try {
                set(channel.config());
            } catch (ChannelException e) {
                if (channel.isOpen()) {
                    throw e;
                }
            }
        }
    }

    private static void set(ChannelConfig config) {
        config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPIDLE), IDLE_SECONDS);
        config.setOption(
                NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPINTERVAL), INTERVAL_SECONDS);
        config.setOption(NioChannelOption.of(ExtendedSocketOptions.TCP_KEEPCOUNT), COUNT);
    }
}
