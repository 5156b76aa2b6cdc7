// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.testing;

import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Stands between a client and a server and can fall silent without closing anything, as a host that
 * has lost its power does, or a router that has forgotten a connection.
 */
public final class SilentProxy implements Closeable {
    private static final int BUFFER = 1 << 16;

    /** One client and its server. */
    private static final class Pair {
        private final Socket client;
        private final Socket server;
        private volatile long answered;
        private final AtomicLong asked = new AtomicLong();
        private volatile boolean silent;

        private Pair(Socket client, Socket server, int answered) {
            this.client = client;
            this.server = server;
            this.answered = answered;
        }

        /** What comes while it is silent is gone, and nobody hears of an end. */
        private void pump(Socket from, Socket to) {
            try {
                var in = from.getInputStream();
                var out = to.getOutputStream();
                var bytes = new byte[BUFFER];
                int length = in.read(bytes);
                while (length >= 0) {
                    silent |= from.equals(client) && isTooMuch(length);
                    if (!silent) {
                        out.write(bytes, 0, length);
                        out.flush();
                    }
                    length = in.read(bytes);
                }
            } catch (IOException e) {
                // one side is gone
            }
            if (!silent) {
                close();
            }
        }

        /** Called by the one who reads what the client sends. */
        private boolean isTooMuch(int more) {
            return asked.addAndGet(more) > answered;
        }

        private void close() {
            try (client;
                    server) {
                silent = false;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private final ServerSocket listener;
    private final int upstream;
    private final List<Pair> pairs = new CopyOnWriteArrayList<>();
    private volatile boolean away;
    private volatile int answered = Integer.MAX_VALUE;

    public SilentProxy(int upstream) {
        this.upstream = upstream;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    public int port() {
        return listener.getLocalPort();
    }

    private void accept() {
        try {
            while (true) {
                var client = listener.accept();
                if (away) {
                    client.close();
                    continue;
                }
                var pair =
                        new Pair(
                                client,
                                new Socket(InetAddress.getLoopbackAddress(), upstream),
                                answered);
                pairs.add(pair);
                Thread.ofVirtual().start(() -> pair.pump(pair.client, pair.server));
                Thread.ofVirtual().start(() -> pair.pump(pair.server, pair.client));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    /**
     * Connections made from now on fall silent once the client has sent more than so many bytes.
     */
    public void silenceAfter(int bytes) {
        answered = bytes;
    }

    /** The first connection falls silent once the client has sent more than so many bytes more. */
    public void silenceFirstAfter(int bytes) {
        var first = pairs.getFirst();
        first.answered = first.asked.get() + bytes;
    }

    /** How many connections were made. */
    public int connections() {
        return pairs.size();
    }

    /** The first connection falls silent; others go on. */
    public void silenceFirst() {
        pairs.getFirst().silent = true;
    }

    /** The host vanishes: every connection falls silent, and no new one gets through. */
    public void vanish() {
        away = true;
        pairs.forEach(pair -> pair.silent = true);
    }

    /** It is back and has lost its connections; their clients have not heard of that. */
    public void comeBack() throws IOException {
        for (var pair : pairs) {
            pair.server.close();
        }
        away = false;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        pairs.forEach(Pair::close);
    }
}
