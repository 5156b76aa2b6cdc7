// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.Unreachable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/** Whether a server lets somebody in yet. */
final class ServerReadiness {
    private static final Duration START = Duration.ofSeconds(30);

    private final PostgresServer server;
    private final int port;
    private final Path log;

    ServerReadiness(PostgresServer server, int port, Path log) {
        this.server = server;
        this.port = port;
        this.log = log;
    }

    /** Waits for it; asks by a client that lives on. */
    void await(PgClient client) {
        long end = System.nanoTime() + START.toNanos();
        while (!isReached(client)) {
            if (!server.process().isAlive() || System.nanoTime() > end) {
                throw SkeinException.failed(
                        "PostgreSQL on port " + port,
                        "it did not start: " + lastLine(),
                        "Look into " + log);
            }
            pause();
        }
    }

    /** Whether it does now. */
    boolean isReached(PgClient client) {
        return listens() && answers(client);
    }

    /** Whether there is any use in asking. */
    private boolean listens() {
        try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false; // not yet
        }
    }

    private boolean answers(PgClient client) {
        try {
            client.open(server.address("postgres"), "skein start", Map.of()).close();
            return true;
        } catch (Unreachable e) {
            return false;
        }
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String lastLine() {
        try {
            var lines = Files.readAllLines(log);
            return lines.stream()
                    .filter(line -> line.contains("FATAL") || line.contains("could not"))
                    .reduce((first, second) -> second)
                    .orElse(lines.isEmpty() ? "no word from it" : lines.getLast());
        } catch (IOException e) {
            return "no log was written";
        }
    }
}
