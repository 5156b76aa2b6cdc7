// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports below those that systems give to outgoing connections: a server that is down for a while
 * finds its port free when it comes back.
 */
final class SteadyPorts {
    private static final int LOWEST = 15_000;
    private static final int HIGHEST = 32_000;

    private int next = ThreadLocalRandom.current().nextInt(LOWEST, HIGHEST);

    /** The next one that nobody uses. */
    int take() {
        while (true) {
            next = next >= HIGHEST ? LOWEST : next + 1;
            try (var socket = new ServerSocket(next, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // in use: the one behind it
            }
        }
    }

    /** Writes where the stack looks for the ports that it used before. */
    void write(Path file, List<String> names) {
        var ports = new Properties();
        names.forEach(name -> ports.setProperty(name, String.valueOf(take())));
        try (var out = Files.newOutputStream(file)) {
            ports.store(out, null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
