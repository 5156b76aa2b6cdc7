// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import dev.skein.engine.SkeinException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Properties;

/**
 * The ports of the stack: given by environment ({@code SKEIN_PORT_API=8080}), else the one used
 * before, else a free one. What is chosen is kept for the next start.
 */
public final class StackPorts {
    private final Path file;
    private final Properties kept = new Properties();

    public StackPorts(StackHome home) {
        this.file = home.data().resolve("ports.properties");
        if (Files.exists(file)) {
            try (var in = Files.newInputStream(file)) {
                kept.load(in);
            } catch (IOException e) {
                throw new UncheckedIOException("ports " + file, e);
            }
        }
    }

    /**
     * Chooses a port to listen on.
     *
     * @throws SkeinException if one was given and somebody listens there
     */
    public int choose(String name) {
        var variable = "SKEIN_PORT_" + name.toUpperCase(Locale.ROOT).replace('-', '_');
        var given = System.getenv(variable);
        if (given != null) {
            return keep(name, checked(variable, given));
        }
        int before = Integer.parseInt(kept.getProperty(name, "0"));
        return keep(name, before != 0 && isFree(before) ? before : free());
    }

    /** The port that was chosen for this or an earlier start; 0 if none was. */
    public int known(String name) {
        return Integer.parseInt(kept.getProperty(name, "0"));
    }

    /** Where a program answers. */
    String url(String program) {
        return "http://127.0.0.1:" + known(program);
    }

    private static int checked(String variable, String given) {
        if (!given.matches("\\d{1,5}") || Integer.parseInt(given) > 65_535) {
            throw SkeinException.usage(variable, "'" + given + "' is no port", "Write 1 to 65535");
        }
        int port = Integer.parseInt(given);
        if (!isFree(port)) {
            throw SkeinException.failed(
                    "Port " + port,
                    "somebody listens there already (" + variable + ")",
                    "Stop that program, or choose another port");
        }
        return port;
    }

    private static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new java.net.InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException e) {
            return false; // in use, which is the answer
        }
    }

    private static int free() {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException("no free port", e);
        }
    }

    private int keep(String name, int port) {
        kept.setProperty(name, String.valueOf(port));
        try {
            Files.createDirectories(file.getParent());
            try (var out = Files.newOutputStream(file)) {
                kept.store(out, null);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("ports " + file, e);
        }
        return port;
    }
}
