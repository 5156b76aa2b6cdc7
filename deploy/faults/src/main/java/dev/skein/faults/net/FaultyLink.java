// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.net;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The way from one program to one server: what passes here can be held up, lost or cut. */
public final class FaultyLink implements Closeable {
    /** What becomes of bytes and of new connections. */
    public enum Mode {
        /** All passes. */
        OPEN,
        /** Nobody gets in, and who is in is cut off. */
        REFUSED,
        /** Nothing passes and nobody is told: a host without power, a router that forgot. */
        SILENT,
        /** What is asked arrives; what is answered does not. */
        DEAF,
        /** Nothing passes until this is over; then all of it does. */
        STALLED,
        /** All passes, late. */
        SLOW
    }

    private final ServerSocket listener;
    private final int upstream;
    private final Set<LinkedConnection> pairs = ConcurrentHashMap.newKeySet();
    private volatile Mode mode = Mode.OPEN;
    private volatile boolean losingCommit;

    /**
     * @param upstream the server's port on this host
     */
    public FaultyLink(int upstream) {
        this.upstream = upstream;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofPlatform().daemon().name("link to " + upstream).start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    Mode mode() {
        return mode;
    }

    /** Changes what becomes of connections, of those that stand, too. */
    public void set(Mode next) {
        var before = mode;
        mode = next;
        if (next == Mode.REFUSED) {
            cut();
        } else if (next == Mode.OPEN && before == Mode.SILENT) {
            pairs.forEach(LinkedConnection::forget);
        } else if (next == Mode.OPEN && before == Mode.DEAF) {
            pairs.stream().filter(LinkedConnection::hasLost).forEach(LinkedConnection::close);
        }
    }

    /** Cuts what stands now; whoever connects again gets through. */
    public void cut() {
        pairs.forEach(LinkedConnection::close);
    }

    /** The server's next word that a transaction is committed is lost, and its connection too. */
    public void loseNextCommit(boolean lose) {
        losingCommit = lose;
    }

    /** Whether this is the one to be lost; only one is. */
    synchronized boolean losesCommit() {
        var lose = losingCommit;
        losingCommit = false;
        return lose;
    }

    boolean isLosingCommit() {
        return losingCommit;
    }

    private void accept() {
        while (!listener.isClosed()) {
            try {
                var client = listener.accept();
                Thread.ofVirtual().start(() -> connect(client));
            } catch (IOException e) {
                return; // closed: all is over
            }
        }
    }

    private void connect(Socket client) {
        try {
            if (mode == Mode.REFUSED) {
                client.close();
                return;
            }
            var server = new Socket(InetAddress.getLoopbackAddress(), upstream);
            client.setTcpNoDelay(true);
            server.setTcpNoDelay(true);
            var pair = new LinkedConnection(this, client, server);
            pairs.add(pair);
            pair.start();
        } catch (IOException e) {
            LinkedConnection.quietly(client); // the server is down: its clients see just that
        }
    }

    void ended(LinkedConnection pair) {
        pairs.remove(pair);
    }

    @Override
    public void close() throws IOException {
        listener.close();
        cut();
    }
}
