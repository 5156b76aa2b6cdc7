// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import dev.skein.engine.ErrorCode;
import dev.skein.engine.SkeinException;
import dev.skein.engine.postgres.DatabaseAddress;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.postgres.Unreachable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of our own: a data folder and, while it runs, a process. It listens on
 * 127.0.0.1 only and asks for a password.
 */
public final class PostgresServer implements AutoCloseable {
    static final String USER = "postgres";
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STOP = Duration.ofSeconds(20);

    /** Runs a server; if standard input ends before it does, ends it and deletes its folder. */
    private static final String TIED =
            "trap '' INT TERM HUP; home=$1; shift; exec 3<&0; \"$@\" 3<&- & server=$!; { cat <&3"
                    + " >/dev/null; : > \"$home/over\"; kill -QUIT $server; } & watch=$!; wait"
                    + " $server; kill -KILL $watch; [ ! -e \"$home/over\" ] || rm -rf \"$home\"";

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
        var words = words(programs, data, port, settings);
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
        var words = new ArrayList<>(List.of("/bin/sh", "-c", TIED, "sh", home.toString()));
        words.addAll(words(programs, data, port, settings));
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
        if (!runner.reaches(data)) {
            throw SkeinException.failed(
                    "PostgreSQL data folder " + data,
                    "the user that PostgreSQL runs as cannot reach it",
                    "Choose another place for the data, for example: SKEIN_HOME=/var/lib/skein");
        }
        try {
            if (!Files.exists(data.resolve("PG_VERSION"))) {
                InitialData.initialise(programs, data, password);
            }
            clearStalePid(data);
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

    private static SkeinException failed(Path data, IOException e) {
        return new SkeinException(
                ErrorCode.FAILED,
                "PostgreSQL in " + data,
                "it cannot be started (" + e.getMessage() + ")",
                "",
                e);
    }

    /**
     * After a kill -9 the pid file stays. PostgreSQL itself judges it, since backends may have
     * outlived their postmaster; only a number that another program has by now would mislead it.
     */
    private static void clearStalePid(Path data) throws IOException {
        var file = data.resolve("postmaster.pid");
        if (!Files.exists(file)) {
            return;
        }
        var lines = Files.readAllLines(file);
        var pid = lines.isEmpty() ? "" : lines.getFirst().strip();
        var alive =
                pid.matches("\\d+")
                        ? ProcessHandle.of(Long.parseLong(pid)).filter(ProcessHandle::isAlive)
                        : Optional.<ProcessHandle>empty();
        if (alive.isEmpty()) {
            return;
        }
        if (alive.get().info().command().orElse("").contains("postgres")) {
            throw SkeinException.failed(
                    "PostgreSQL in " + data,
                    "process " + pid + " serves it already",
                    "Stop it first: skein down");
        }
        Files.delete(file);
    }

    private static List<String> words(
            PostgresPrograms programs, Path data, int port, Map<String, String> settings) {
        var words = new ArrayList<>(List.of(programs.program("postgres"), "-D", data.toString()));
        set(words, "port", String.valueOf(port));
        set(words, "listen_addresses", "127.0.0.1");
        set(words, "unix_socket_directories", "");
        set(words, "max_connections", "200");
        settings.forEach((name, value) -> set(words, name, value));
        return words;
    }

    private static void set(List<String> words, String name, String value) {
        words.add("-c");
        words.add(name + "=" + value);
    }

    /** Waits until it serves. */
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
        long end = System.nanoTime() + START.toNanos();
        while (!listens() || !answers(client)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                throw SkeinException.failed(
                        "PostgreSQL on port " + port,
                        "it did not start: " + lastLine(),
                        "Look into " + log);
            }
            pause();
        }
    }

    /** Whether it lets somebody in. */
    public boolean isReady() {
        try (var client = PgClient.create()) {
            return listens() && answers(client);
        }
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
            client.open(address("postgres"), "skein start", Map.of()).close();
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

    /** Stops it and deletes its data. */
    public void dispose() {
        close();
        try {
            FolderTrees.delete(data);
        } catch (IOException e) {
            throw new UncheckedIOException("deleting " + data, e);
        }
    }
}
