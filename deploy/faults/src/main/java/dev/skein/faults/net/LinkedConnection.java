// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.net;

import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** One client's connection and what it is connected to. */
final class LinkedConnection {
    private static final int BUFFER = 1 << 15;
    private static final long LATE_MILLIS = 60;
    private static final long LOOK_MILLIS = 20;

    /** The tag of a completed COMMIT (PostgreSQL's protocol, CommandComplete). */
    private static final byte[] COMMIT = "COMMIT\0".getBytes(StandardCharsets.US_ASCII);

    private final FaultyLink link;
    private final Socket client;
    private final Socket server;
    private volatile boolean lost;

    LinkedConnection(FaultyLink link, Socket client, Socket server) {
        this.link = link;
        this.client = client;
        this.server = server;
    }

    void start() {
        Thread.ofVirtual().start(() -> pump(client, server, true));
        Thread.ofVirtual().start(() -> pump(server, client, false));
    }

    private void pump(Socket from, Socket to, boolean asking) {
        try {
            var in = from.getInputStream();
            var out = to.getOutputStream();
            var bytes = new byte[BUFFER];
            int length = in.read(bytes);
            while (length >= 0) {
                if (passes(bytes, length, asking)) {
                    out.write(bytes, 0, length);
                    out.flush();
                }
                length = in.read(bytes);
            }
        } catch (IOException e) {
            // one side is gone
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (link.mode() == FaultyLink.Mode.SILENT) {
            quietly(from); // the other side is not told
        } else if (!lost || asking) {
            close();
        }
    }

    private boolean passes(byte[] bytes, int length, boolean asking)
            throws IOException, InterruptedException {
        while (link.mode() == FaultyLink.Mode.STALLED) {
            Thread.sleep(LOOK_MILLIS);
        }
        if (link.mode() == FaultyLink.Mode.SLOW) {
            Thread.sleep(LATE_MILLIS);
        }
        if (lost && asking && link.mode() == FaultyLink.Mode.OPEN) {
            throw new IOException("nobody knows this connection any more");
        }
        lost |=
                link.mode() == FaultyLink.Mode.SILENT
                        || (link.mode() == FaultyLink.Mode.DEAF && !asking);
        if (!asking && link.isLosingCommit() && tells(bytes, length) && link.losesCommit()) {
            throw new IOException("lost, as asked for");
        }
        return !lost || (link.mode() == FaultyLink.Mode.DEAF && asking);
    }

    private static boolean tells(byte[] bytes, int length) {
        for (int at = 0; at + COMMIT.length <= length; at++) {
            int same = 0;
            while (same < COMMIT.length && bytes[at + same] == COMMIT[same]) {
                same++;
            }
            if (same == COMMIT.length) {
                return true;
            }
        }
        return false;
    }

    boolean hasLost() {
        return lost;
    }

    /** The host is back and knows nothing of this connection; its client is not told. */
    void forget() {
        lost = true;
        quietly(server);
        if (client.isClosed()) {
            link.ended(this);
        }
    }

    void close() {
        quietly(client);
        quietly(server);
        link.ended(this);
    }

    static void quietly(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            System.err.println("closing a connection: " + e.getMessage());
        }
    }
}
