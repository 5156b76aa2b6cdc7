// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.scratch;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.server.DisposableFolder;
import dev.skein.engine.server.FolderTrees;
import dev.skein.engine.server.PostgresPrograms;
import dev.skein.engine.server.PostgresServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;

/**
 * A server that is started for its scratch databases, tied to this program: it ends with it,
 * however that ends.
 */
final class OwnHost implements ScratchHost {
    static final String SUPERUSER = "postgres";
    static final String OWNER = "scratch";
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final String PORT_TAKEN = "could not create any TCP/IP sockets";
    private static final int ATTEMPTS = 3;
    private static final int COPIES = 15;
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

    private final PostgresServer server;
    private final String user;
    private final String password;

    private OwnHost(PostgresServer server, String user, String password) {
        this.server = server;
        this.user = user;
        this.password = password;
    }

    /**
     * Starts one and waits until it serves.
     *
     * @param user who owns its databases; it is made by the caller, unless it is the superuser
     * @throws SkeinException with the server's own words, if it does not start
     */
    static OwnHost start(PgClient client, PostgresPrograms programs, String user, String password) {
        for (int attempt = 1; ; attempt++) {
            try {
                return new OwnHost(launch(client, programs), user, password);
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
                end(server, () -> server.awaitReady(client));
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
    private static void end(PostgresServer server, Runnable work) {
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

    @Override
    public DatabaseAddress administered(String database) {
        return server.address(database);
    }

    @Override
    public DatabaseAddress owned(String database) {
        var address = server.address(database);
        return user.equals(SUPERUSER)
                ? address
                : DatabaseAddress.parse(address.url().replace(SUPERUSER + "@", user + "@"))
                        .withPassword(password);
    }

    @Override
    public String owner() {
        return user;
    }

    @Override
    public String maintenance() {
        return "postgres";
    }

    @Override
    public int major() {
        return server.programs().major();
    }

    @Override
    public String options() {
        return major() < COPIES ? "" : " STRATEGY file_copy";
    }

    @Override
    public Optional<PostgresPrograms> programs() {
        return Optional.of(server.programs());
    }

    Process process() {
        return server.process();
    }

    Path data() {
        return server.data();
    }

    /** Ends it at once and deletes its files. */
    @Override
    public void close() {
        stop(server);
        try {
            FolderTrees.delete(server.data().resolveSibling("").normalize());
        } catch (IOException e) {
            System.getLogger(ScratchServer.class.getName())
                    .log(System.Logger.Level.WARNING, "scratch files stay: {0}", e.getMessage());
        }
    }

    private static void stop(PostgresServer server) {
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
