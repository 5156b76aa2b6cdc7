// SPDX-License-Identifier: Apache-2.0
package dev.skein.broker;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@link Broker} in a process of its own.
 *
 * @param bootstrap {@code host:port} for clients
 */
public record BrokerProcess(Process process, String bootstrap) implements AutoCloseable {
    private static final Duration START = Duration.ofSeconds(60);

    /** On a busy machine a node that is late with its heartbeat is not dead: it has nobody else. */
    private static final String PATIENT = "\nbroker.session.timeout.ms=30000\n";

    private static final Duration STOP = Duration.ofSeconds(20);

    /**
     * Starts one and waits until it serves. It ends when this process does. Killed and started
     * again on the same data, it would be waited for until its session is over, 30 s.
     *
     * @param home the built module: the folder with {@code classes} (or the jar) and {@code lib}
     * @param data where it keeps its log; made if absent
     * @throws IOException if it does not come up, with where to look
     */
    public static BrokerProcess start(Path home, Path data) throws IOException {
        int port = freePort();
        var log = data.resolve("broker.log");
        Files.createDirectories(data);
        Files.deleteIfExists(data.resolve("ready"));
        var settings = data.resolve("server.properties");
        Files.writeString(settings, PATIENT, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        var process =
                new ProcessBuilder(command(home, data, port, freePort(), true))
                        .redirectErrorStream(true)
                        .redirectOutput(log.toFile())
                        .start();
        await(process, data.resolve("ready"), log);
        return new BrokerProcess(process, "127.0.0.1:" + port);
    }

    private static void await(Process process, Path ready, Path log) throws IOException {
        long end = System.nanoTime() + START.toNanos();
        while (!Files.exists(ready)) {
            if (!process.isAlive() || System.nanoTime() > end) {
                process.destroyForcibly();
                throw new IOException("the Kafka broker did not start: look into " + log);
            }
            pause();
        }
    }

    /** The command that runs a broker. */
    public static List<String> command(
            Path home, Path data, int port, int controller, boolean child) {
        var classPath = home.resolve("classes") + File.pathSeparator + home.resolve("lib") + "/*";
        var command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                "-XX:TieredStopAtLevel=1",
                                "-Xshare:auto",
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=warn",
                                "-cp",
                                classPath,
                                "dev.skein.broker.Broker",
                                data.toString(),
                                String.valueOf(port),
                                String.valueOf(controller)));
        if (child) {
            command.add("child");
        }
        return command;
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void pause() {
        try {
            Thread.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(STOP.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
