// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.postgres;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Handler;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetSocket;
import io.vertx.core.net.SSLOptions;
import io.vertx.core.net.SocketAddress;
import java.util.function.Consumer;

/** A network client that tells of each socket that it opens. */
record HeardNetClient(NetClient client, Consumer<NetSocket> opened) implements NetClient {
    @Override
    public Future<NetSocket> connect(SocketAddress remote, String serverName) {
        return client.connect(remote, serverName).onSuccess(opened::accept);
    }

    @Override
    public Future<NetSocket> connect(SocketAddress remote) {
        return client.connect(remote).onSuccess(opened::accept);
    }

    @Override
    public Future<NetSocket> connect(int port, String host) {
        return client.connect(port, host).onSuccess(opened::accept);
    }

    @Override
    public Future<NetSocket> connect(int port, String host, String serverName) {
        return client.connect(port, host, serverName).onSuccess(opened::accept);
    }

    @Override
    public NetClient connect(int port, String host, Handler<AsyncResult<NetSocket>> handler) {
        connect(port, host).onComplete(handler);
        return this;
    }

    @Override
    public NetClient connect(
            int port, String host, String serverName, Handler<AsyncResult<NetSocket>> handler) {
        connect(port, host, serverName).onComplete(handler);
        return this;
    }

    @Override
    public NetClient connect(SocketAddress remote, Handler<AsyncResult<NetSocket>> handler) {
        connect(remote).onComplete(handler);
        return this;
    }

    @Override
    public NetClient connect(
            SocketAddress remote, String serverName, Handler<AsyncResult<NetSocket>> handler) {
        connect(remote, serverName).onComplete(handler);
        return this;
    }

    @Override
    public void close(Handler<AsyncResult<Void>> handler) {
        client.close().onComplete(handler);
    }

    @Override
    public Future<Void> close() {
        return client.close();
    }

    @Override
    public Future<Boolean> updateSSLOptions(SSLOptions options, boolean force) {
        return client.updateSSLOptions(options, force);
    }

    @Override
    public boolean isMetricsEnabled() {
        return client.isMetricsEnabled();
    }
}
