// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.scratch;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.PgSession;
import dev.skein.engine.postgres.Sql;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A disposable server for disposable databases: it forgets everything at a power cut, and is fast
 * for it. It ends, and its files with it, when it is closed or when the program that started it is
 * gone, however that ended.
 */
public final class ScratchServer implements AutoCloseable {
    private static final Duration BOUND = Duration.ofSeconds(60);
    private static final Duration STOP = Duration.ofSeconds(10);
    private static final String SUPERUSER = "postgres";
    private static final String OWNER = "scratch";
    private static final String PORT_TAKEN = "could not create any TCP/IP sockets";
    private static final int ATTEMPTS = 3;
    private static final int COPIES = 15;
    private static final long ROOM = 2L << 30;
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
                    "max_connections", "40",
                    "max_locks_per_transaction", "1024");

    private final PgClient client;
    private final PostgresServer server;
    private final AtomicInteger number = new AtomicInteger();
    private final String run = UUID.randomUUID().toString().substring(0, 8);

    private final String user;
    private final String password = UUID.randomUUID().toString();

    private ScratchServer(PgClient client, PostgresServer server, String user) {
        this.client = client;
        this.server = server;
        this.user = user;
    }

    private void makeOwner() {
        administer("CREATE ROLE " + OWNER + " LOGIN PASSWORD " + Sql.text(password));
    }

    /**
     * Starts one and waits until it serves. Who connects to its databases owns them, and has no
     * rights beyond: what is tried there can run no program and read no file of this machine.
     *
     * @param client makes the connections; the caller closes it after this
     * @throws SkeinException with the server's own words, if it does not start
     */
    public static ScratchServer start(PgClient client, PostgresPrograms programs) {
        return start(client, programs, OWNER);
    }

    /** {@link #start} of one whose databases are used by its superuser; for what is trusted. */
    public static ScratchServer startTrusted(PgClient client, PostgresPrograms programs) {
        return start(client, programs, SUPERUSER);
    }

    private static ScratchServer start(PgClient client, PostgresPrograms programs, String user) {
        for (int attempt = 1; ; attempt++) {
            try {
                var server = launch(client, programs);
                var scratch = new ScratchServer(client, server, user);
                end(server, scratch::makeOwner);
                return scratch;
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
            var home = Files.createTempDirectory(place(), "skein-scratch");
            try {
                var password = UUID.randomUUID().toString();
                var server = PostgresServer.launchTied(programs, home, freePort(), password, FAST);
                end(server, () -> server.awaitReady(client));
                return server;
            } catch (SkeinException | IOException e) {
                Trees.delete(home);
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

    /** In memory where there is room: making a database is making a thousand files. */
    private static Path place() throws IOException {
        var chosen = System.getenv("SKEIN_SCRATCH_DIR");
        if (chosen != null) {
            return Path.of(chosen);
        }
        var memory = Path.of("/dev/shm");
        var fits =
                Files.isWritable(memory)
                        && Files.getFileStore(memory).getUsableSpace() > ROOM
                        && Files.getFileStore(memory).type().equals("tmpfs");
        return fits ? memory : Path.of(System.getProperty("java.io.tmpdir"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** The major version of its databases. */
    public int major() {
        return server.programs().major();
    }

    /** A new, empty database. */
    public ScratchDatabase database() {
        return create("template0");
    }

    ScratchDatabase create(String template) {
        var name = "scratch_" + run + "_" + number.incrementAndGet();
        var create = "CREATE DATABASE " + Sql.name(name) + " TEMPLATE " + Sql.name(template);
        create += " OWNER " + user;
        administer(major() < COPIES ? create : create + " STRATEGY file_copy");
        return new ScratchDatabase(this, name);
    }

    void drop(String name) {
        administer("DROP DATABASE IF EXISTS " + Sql.name(name) + " WITH (FORCE)");
    }

    /** Makes a role that a schema mentions; it can own and be granted, and never log in. */
    void role(String name) {
        administer("CREATE ROLE " + Sql.name(name) + " NOLOGIN");
        administer("GRANT " + Sql.name(name) + " TO " + OWNER); // who may then own things by it
    }

    private void administer(String sql) {
        var postgres = server.address("postgres");
        try (var session = client.open(postgres, "skein scratch", Map.of())) {
            session.script(sql, BOUND);
        }
    }

    PgSession open(String database) {
        return client.open(address(database), "skein scratch", Map.of());
    }

    /** The role is let in without triggers once, since only a superuser may ask for that inside. */
    PgSession openFilling(String database) {
        var setting = "ALTER ROLE " + user + " IN DATABASE " + Sql.name(database);
        administer(setting + " SET session_replication_role = replica");
        try {
            return open(database);
        } finally {
            administer(setting + " RESET session_replication_role");
        }
    }

    String restore(Path archive, String database) {
        var address = address(database);
        var command =
                List.of(
                        server.programs().program("pg_restore"),
                        "--no-owner",
                        "--no-privileges",
                        "--no-comments",
                        "--no-publications",
                        "--no-subscriptions",
                        "--exit-on-error",
                        "--dbname=" + address.url(),
                        archive.toString());
        return Programs.complaints(command, Map.of("PGPASSWORD", address.password()));
    }

    DatabaseAddress address(String database) {
        var address = server.address(database);
        return user.equals(SUPERUSER)
                ? address
                : DatabaseAddress.parse(address.url().replace(SUPERUSER + "@", user + "@"))
                        .withPassword(password);
    }

    PgClient client() {
        return client;
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
            Trees.delete(server.data().resolveSibling("").normalize());
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
