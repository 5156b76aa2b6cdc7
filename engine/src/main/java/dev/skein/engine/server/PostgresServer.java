// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of our own: a data folder and, while it runs, a process. It listens on
 * 127.0.0.1 only and asks for a password.
 */
public final class PostgresServer implements AutoCloseable {
    static final String USER = "postgres";
    private static final Duration STOP = Duration.ofSeconds(20);

    private final PostgresPrograms programs;
    private final Path data;
    private final int port;
    private final String password;
    private final Process process;
    private final Path log;

    private PostgresServer(
            PostgresPrograms programs,
            Path data,
            int port,
            String password,
            Process process,
            Path log) {
        this.programs = programs;
        this.data = data;
        this.port = port;
        this.password = password;
        this.process = process;
        this.log = log;
    }

    /**
     * Starts a server on a data folder, which is made if it is not there, and waits until it
     * serves.
     *
     * @param port where to listen on 127.0.0.1
     * @param password of the superuser {@code postgres}
     * @param settings configuration parameters on top of the defaults
     * @param log the file for what the server prints
     */
    public static PostgresServer start(
            PostgresPrograms programs,
            Path data,
            int port,
            String password,
            Map<String, String> settings,
            Path log) {
        var server = launch(programs, data, port, password, settings, log);
        server.awaitReady();
        return server;
    }

    /** {@link #start} without waiting. */
    public static PostgresServer launch(
            PostgresPrograms programs,
            Path data,
            int port,
            String password,
            Map<String, String> settings,
            Path log) {
        var words = ServerCommand.of(programs, data, port, settings);
        return launch(programs, data, port, password, words, log);
    }

    /**
     * {@link #launch} of a server that ends, and deletes its folder, when its standard input ends:
     * by being closed, or because the program that holds the other end is no more. One that ends by
     * itself leaves the folder, with what it said.
     */
    public static PostgresServer launchTied(
            PostgresPrograms programs,
            Path home,
            int port,
            String password,
            Map<String, String> settings)
            throws IOException {
        Unprivileged.find().createFolder(home);
        var data = home.resolve("data");
        InitialData.of(programs, password).make(data);
        var words = ServerCommand.tied(home, ServerCommand.of(programs, data, port, settings));
        return launch(programs, data, port, password, words, home.resolve("log"));
    }

    private static PostgresServer launch(
            PostgresPrograms programs,
            Path data,
            int port,
            String password,
            List<String> words,
            Path log) {
        var runner = Unprivileged.find();
        refuseUnreached(runner, data);
        try {
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                InitialData.initialise(programs, data, password);
            }
            PostmasterPid.clearStale(data);
            Files.createDirectories(log.toAbsolutePath().getParent());
            var process =
                    ProgramRuns.prepare(runner.server(words))
                            .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                            .start();
            return new PostgresServer(programs, data, port, password, process, log);
        } catch (IOException e) {
            throw failed(data, e);
        }
    }

    private static void refuseUnreached(Unprivileged runner, Path data) {
        if (!runner.reaches(data)) {
            throw SkeinException.failed(
                    "PostgreSQL data folder " + data,
                    "the user that PostgreSQL runs as cannot reach it",
                    "Choose another place for the data, for example: SKEIN_HOME=/var/lib/skein");
        }
    }

    private static SkeinException failed(Path data, IOException e) {
        return new SkeinException(
                ErrorCode.FAILED,
                "PostgreSQL in " + data,
                "it cannot be started (" + e.getMessage() + ")",
                "",
                e);
    }

    /**
     * Waits until it serves.
     *
     * @throws SkeinException if it does not in time; it is stopped then
     */
    public void awaitReady() {
        try (var client = PgClient.create()) {
            awaitReady(client);
        } catch (SkeinException e) {
            close();
            throw e;
        }
    }

    /** Waits until it serves; asks by a client that lives on. */
    public void awaitReady(PgClient client) {
        readiness().await(client);
    }

    /** Whether it lets somebody in. */
    public boolean isReady() {
        try (var client = PgClient.create()) {
            return readiness().isReached(client);
        }
    }

    private ServerReadiness readiness() {
        return new ServerReadiness(this, port, log);
    }

    /** The address of a database on it, for its superuser. */
    public DatabaseAddress address(String database) {
        return DatabaseAddress.parse("postgresql://" + USER + "@127.0.0.1:" + port + "/" + database)
                .withPassword(password);
    }

    public PostgresPrograms programs() {
        return programs;
    }

    public Process process() {
        return process;
    }

    public Path data() {
        return data;
    }

    /** Stops it: sessions are ended, data is written (PostgreSQL's fast shutdown). */
    @Override
    public void close() {
        if (!process.isAlive()) {
            return;
        }
        try {
            ProgramRuns.output(List.of("/bin/sh", "-c", "kill -INT " + process.pid()));
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Stops it and deletes its data.
     *
     * @throws UncheckedIOException if its data cannot be deleted; it is stopped all the same
     */
    public void dispose() {
        close();
        try {
            FolderTrees.delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + data, e);
        }
    }
}
