// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.testing;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stands between clients and a PostgreSQL server, reads the protocol's messages and cuts at a
 * chosen one. The connections of PostgreSQL's own programs are not counted.
 *
 * <p>Source: PostgreSQL documentation, "Frontend/Backend Protocol".
 */
public final class CutProxy implements Closeable {
    /** Where to cut. */
    public enum CutPlace {
        /** The client's message is lost. */
        BEFORE_SENT,
        /** The server has it, the client hears nothing more. */
        AFTER_SENT,
        /** The server has done it, and says so to nobody. */
        BEFORE_READY,
        /** Nothing is cut: instead of the message the server gets one that fails. */
        REPLACED
    }

    /** Whose messages count, and what is cut. */
    public enum Reach {
        /** The first connection; later ones pass untouched. */
        FIRST,
        /** All count, the one is cut. */
        ONE_OF_ALL,
        /** All count and are cut, and nobody gets through any more. */
        ALL
    }

    /** How they are given settings, by PGOPTIONS. */
    private static final String PROGRAM = "\0options\0-c ";

    /** How long a message may be that is looked at. */
    private static final int LONGEST = 1 << 24;

    /** How long a message is that only asks for encryption. */
    private static final int REQUEST = 8;

    private static final String FAILING = "SELECT 1/0";

    /** What a cancelled statement ends with. */
    private static final String CANCELLED =
            "DO $$BEGIN RAISE 'cancelled' USING ERRCODE = '57014'; END$$";

    private final ServerSocket listener;
    private final int upstream;
    private final CutPlace place;
    private final int number;
    private final Reach reach;
    private final String words;
    private final String instead;
    private final AtomicInteger seen = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile boolean cut;

    /**
     * @param number which message, from 1
     */
    public CutProxy(int upstream, CutPlace place, int number) {
        this(upstream, place, number, Reach.FIRST);
    }

    /**
     * @param number which message, from 1
     */
    public CutProxy(int upstream, CutPlace place, int number, Reach reach) {
        this(upstream, place, number, reach, "", FAILING);
    }

    private CutProxy(
            int upstream, CutPlace place, int number, Reach reach, String words, String instead) {
        this.words = words;
        this.instead = instead;
        this.reach = reach;
        this.upstream = upstream;
        this.place = place;
        this.number = number;
        try {
            listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Thread.ofVirtual().start(this::accept);
    }

    /** One by which the first message that has some words fails as if it were cancelled. */
    public static CutProxy cancelling(int upstream, String words) {
        return new CutProxy(upstream, CutPlace.REPLACED, 1, Reach.FIRST, words, CANCELLED);
    }

    public int port() {
        return listener.getLocalPort();
    }

    /** Whether the message was reached. */
    public boolean hasCut() {
        return cut;
    }

    /** How many messages it has counted. */
    public int count() {
        return seen.get();
    }

    private void accept() {
        try {
            while (true) {
                var client = listener.accept();
                if (cut && reach == Reach.ALL) {
                    client.close();
                    continue;
                }
                var server = new Socket(InetAddress.getLoopbackAddress(), upstream);
                // Else the second of two messages waits for the first one's late receipt.
                client.setTcpNoDelay(true);
                server.setTcpNoDelay(true);
                sockets.addAll(List.of(client, server));
                boolean first = connections.incrementAndGet() == 1;
                var counts = new AtomicBoolean(first || reach != Reach.FIRST);
                Thread.ofVirtual().start(() -> pump(client, server, true, counts));
                Thread.ofVirtual().start(() -> pump(server, client, false, counts));
            }
        } catch (IOException e) {
            // closed: the test is over
        }
    }

    private void pump(Socket from, Socket to, boolean fromClient, AtomicBoolean counts) {
        try (from;
                to) {
            var in = new DataInputStream(new BufferedInputStream(from.getInputStream()));
            var out = to.getOutputStream();
            if (fromClient) {
                refuseEncryption(in, from.getOutputStream());
                var start = forward(in, out, -1); // the start-up message has no type
                if (new String(start, StandardCharsets.UTF_8).contains(PROGRAM)) {
                    counts.set(false);
                }
            }
            while (true) {
                int type = in.read();
                if (type < 0 || !step(in, out, type, fromClient, counts.get())) {
                    return;
                }
            }
        } catch (IOException e) {
            // one side is gone, so the other one goes, too
        }
    }

    /** What a program asks before it starts up: for TLS, for GSS. */
    private static void refuseEncryption(DataInputStream in, OutputStream back) throws IOException {
        in.mark(REQUEST);
        while (in.readInt() == REQUEST) {
            in.readInt();
            back.write('N');
            back.flush();
            in.mark(REQUEST);
        }
        in.reset();
    }

    private void cutHere() throws IOException {
        cut = true;
        if (reach == Reach.ALL) {
            closeAll();
        }
    }

    private boolean step(
            DataInputStream in, OutputStream out, int type, boolean fromClient, boolean watched)
            throws IOException {
        boolean counts =
                watched
                        && (fromClient ? place != CutPlace.BEFORE_READY : isReady(type))
                        && (words.isEmpty() || has(in, type));
        boolean here = counts && seen.incrementAndGet() == number;
        if (here && place == CutPlace.REPLACED) {
            cut = true;
            replace(in, out, type);
            return true;
        }
        if (here && place != CutPlace.AFTER_SENT) {
            cutHere();
            return false;
        }
        forward(in, out, type);
        if (here) {
            cutHere();
        }
        return !here;
    }

    private void replace(DataInputStream in, OutputStream out, int type) throws IOException {
        if (type != 'Q') {
            forward(in, out, type);
            return;
        }
        in.readNBytes(in.readInt() - 4);
        var message = new DataOutputStream(out);
        message.writeByte('Q');
        message.writeInt(4 + instead.length() + 1);
        message.writeBytes(instead + "\0");
        message.flush();
    }

    /** Looks at a message and leaves it there. */
    private boolean has(DataInputStream in, int type) throws IOException {
        if (type != 'Q') {
            return false;
        }
        in.mark(LONGEST);
        var body = in.readNBytes(in.readInt() - 4);
        in.reset();
        return new String(body, StandardCharsets.UTF_8).contains(words);
    }

    private boolean isReady(int type) {
        return place == CutPlace.BEFORE_READY && type == 'Z';
    }

    private static byte[] forward(DataInputStream in, OutputStream out, int type)
            throws IOException {
        int length = in.readInt();
        var body = in.readNBytes(length - 4);
        var whole = new byte[(type < 0 ? 4 : 5) + body.length];
        int at = 0;
        if (type >= 0) {
            whole[at++] = (byte) type;
        }
        for (int shift = 24; shift >= 0; shift -= 8) {
            whole[at++] = (byte) (length >>> shift);
        }
        System.arraycopy(body, 0, whole, at, body.length);
        out.write(whole);
        out.flush();
        return body;
    }

    @Override
    public void close() throws IOException {
        listener.close();
        closeAll();
    }

    private void closeAll() throws IOException {
        for (var socket : sockets) {
            socket.close();
        }
    }
}
