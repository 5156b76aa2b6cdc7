// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.scratch;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.server.DisposableFolder;
import dev.skein.engine.server.FolderTrees;
import dev.skein.engine.server.PostgresPrograms;
import dev.skein.engine.server.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/** Starts and ends the server that a scratch host is. */
final class ScratchProcess {
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final String PORT_TAKEN = "could not create any TCP/IP sockets";
    private static final int ATTEMPTS = 3;
    private static final Map<String, String> FAST =
            Map.of(
                    "fsync", "off",
                    "synchronous_commit", "off",
                    "full_page_writes", "off",
                    "wal_level", "minimal",
                    "max_wal_senders", "0",
                    "autovacuum", "off",
                    "jit", "off",
                    "shared_buffers", "64MB",
                    "max_connections", "100",
                    "max_locks_per_transaction", "1024");

    /** The superuser's password on all that this process starts. */
    private static final String SECRET = UUID.randomUUID().toString();

    private ScratchProcess() {}

    /** Starts one and waits until it serves. */
    static PostgresServer start(PgClient client, PostgresPrograms programs) {
        for (int attempt = 1; ; attempt++) {
            try {
                return launch(client, programs);
            } catch (SkeinException e) {
                // Between choosing a port and taking it somebody else may have taken it.
                if (attempt == ATTEMPTS || !e.found().contains(PORT_TAKEN)) {
                    throw e;
                }
            }
        }
    }

    private static PostgresServer launch(PgClient client, PostgresPrograms programs) {
        try {
            var home = DisposableFolder.create("skein-scratch");
            try {
                var server = PostgresServer.launchTied(programs, home, freePort(), SECRET, FAST);
                stopOnFailure(server, () -> server.awaitReady(client));
                return server;
            } catch (SkeinException | IOException e) {
                FolderTrees.delete(home);
                throw e;
            }
        } catch (IOException e) {
            throw new SkeinException(
                    ErrorCode.FAILED,
                    "Scratch server",
                    "it cannot be started (" + e.getMessage() + ")",
                    "Check free space and permissions of the folder for temporary files",
                    e);
        }
    }

    /** Does something with a server, which ends if that fails. */
    private static void stopOnFailure(PostgresServer server, Runnable work) {
        try {
            work.run();
        } catch (SkeinException e) {
            stop(server);
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** Ends one at once. */
    static void stop(PostgresServer server) {
        var process = server.process();
        try {
            process.getOutputStream().close(); // its sign to go
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
