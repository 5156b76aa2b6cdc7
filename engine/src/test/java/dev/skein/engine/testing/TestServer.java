// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.testing;

import dev.skein.engine.scratch.PostgresPrograms;
import dev.skein.engine.scratch.PostgresServer;
import dev.skein.engine.scratch.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;

/** The PostgreSQL server of this test run: started at first use, disposed of at the JVM's end. */
public final class TestServer {
    private static final Map<String, String> FAST =
            Map.of(
                    "fsync", "off",
                    "synchronous_commit", "off",
                    "full_page_writes", "off",
                    "max_connections", "100",
                    "wal_level", "logical",
                    "max_prepared_transactions", "5",
                    "deadlock_timeout", "200ms");

    private TestServer() {}

    private static final class Holder {
        static final PostgresServer SERVER = start();
    }

    public static PostgresServer get() {
        return Holder.SERVER;
    }

    private static PostgresServer start() {
        try {
            var home = Files.createTempDirectory("skein-test");
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
            var packaged =
                    Optional.ofNullable(System.getProperty("skein.postgres.jar")).map(Path::of);
            var programs =
                    Boolean.getBoolean("skein.test.packaged")
                            ? PostgresPrograms.unpack(PackagedJar.path(), home)
                            : PostgresPrograms.find(packaged, home);
            var server =
                    PostgresServer.start(
                            programs,
                            home.resolve("data"),
                            freePort(),
                            "test secret",
                            FAST,
                            home.resolve("postgres.log"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> dispose(server, home)));
            return server;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void dispose(PostgresServer server, Path home) {
        server.dispose();
        try {
            Trees.delete(home);
        } catch (IOException e) {
            System.err.println("left behind: " + home + ": " + e.getMessage());
        }
    }

    /** A port that was free a moment ago. */
    public static int freePort() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
