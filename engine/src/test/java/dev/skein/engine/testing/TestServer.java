// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.testing;

import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.SqlLiterals;
import dev.skein.engine.server.DisposableFolder;
import dev.skein.engine.server.FolderTrees;
import dev.skein.engine.server.PostgresPrograms;
import dev.skein.engine.server.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/**
 * The PostgreSQL server of this test run: started at first use, disposed of at the JVM's end. It is
 * this machine's own, or one in a container.
 */
public final class TestServer {
    private static final String PASSWORD = "test secret";
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

    /**
     * The server.
     *
     * @param maintenance its superuser's address
     * @param programs of this machine, of the same major version
     */
    public record Running(DatabaseAddress maintenance, PostgresPrograms programs) {
        /** A database of it, for its superuser. */
        public DatabaseAddress address(String database) {
            return maintenance.withDatabase(database);
        }
    }

    private static final class Holder {
        static final Running SERVER = Boolean.getBoolean(Containers.WANTED) ? contained() : start();
    }

    /** The server; the test is skipped where it is to be in a container and no engine answers. */
    public static Running get() {
        // Whoever wants none needs no library for them.
        Assumptions.assumeTrue(
                !Boolean.getBoolean(Containers.WANTED) || Containers.areThereIfWanted(),
                "no container engine answers");
        return Holder.SERVER;
    }

    private static Running contained() {
        var address = Containers.postgres(FAST, PASSWORD);
        try (var client = PgClient.create();
                var session = client.open(address, "test", Map.of())) {
            int major = session.major();
            var programs =
                    PostgresPrograms.installed().stream()
                            .filter(p -> p.major() == major)
                            .findFirst()
                            .orElseThrow(() ->
                                    new IllegalStateException(
                                            "this machine has no PostgreSQL " + major));
            return new Running(address, programs);
        }
    }

    private static Running start() {
        try {
            var home = DisposableFolder.create("skein-test");
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
            var packaged =
                    Optional.ofNullable(System.getProperty("skein.postgres.jar")).map(Path::of);
            var programs =
                    Boolean.getBoolean("skein.test.packaged")
                            ? PostgresPrograms.unpack(packagedJar(), home)
                            : PostgresPrograms.find(packaged, home);
            var server =
                    PostgresServer.start(
                            programs,
                            home.resolve("data"),
                            freePort(),
                            PASSWORD,
                            FAST,
                            home.resolve("postgres.log"));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> dispose(server, home)));
            var running = new Running(server.address("postgres"), programs);
            loginInOneIteration(running.maintenance());
            return running;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Thousands of logins, each of thousands of hashes on both sides, are a fifth of a run. */
    private static void loginInOneIteration(DatabaseAddress superuser) {
        try (var client = PgClient.create();
                var session = client.open(superuser, "test", Map.of())) {
            session.script(
                    "ALTER ROLE postgres PASSWORD "
                            + SqlLiterals.text(ScramVerifier.of(PASSWORD, 1)),
                    Duration.ofSeconds(10));
        }
    }

    /** The packaged server on the class path, or the one that the run names instead. */
    private static Path packagedJar() {
        var named = System.getProperty("skein.test.packaged.jar");
        return named == null ? PackagedJar.path() : Path.of(named);
    }

    private static void dispose(PostgresServer server, Path home) {
        server.dispose();
        try {
            FolderTrees.delete(home);
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
