// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.testing.TestDatabase;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Commands through what gives a session another process's number than its server's. */
class CommandPoolerTest {
    private static final int KEY_DATA = 'K';

    @RegisterExtension final TestDatabase database = new TestDatabase();
    @TempDir Path folder;

    private final Terminal terminal = new Terminal();

    private String through(ServerSocket pooler) {
        var url = database.address().url();
        int port = URI.create(url).getPort();
        Thread.ofVirtual().start(() -> serve(pooler, port));
        return url.replace("@", ":test%20secret@")
                .replace(":" + port + "/", ":" + pooler.getLocalPort() + "/");
    }

    private static void serve(ServerSocket pooler, int port) {
        try {
            while (true) {
                var client = pooler.accept();
                var server = new Socket(InetAddress.getLoopbackAddress(), port);
                Thread.ofVirtual().start(() -> copy(client, server, false));
                Thread.ofVirtual().start(() -> copy(server, client, true));
            }
        } catch (IOException e) {
            assertThat(e).isInstanceOf(SocketException.class); // the test closed it
        }
    }

    /** Until either side ends; a broken connection is an end like any other. */
    private static void copy(Socket from, Socket to, boolean messages) {
        try (from;
                to) {
            var in = new DataInputStream(from.getInputStream());
            var out = new DataOutputStream(to.getOutputStream());
            while (messages && answer(in, out) != KEY_DATA) {
                out.flush();
            }
            in.transferTo(out);
        } catch (EOFException | SocketException e) {
            assertThat(to.isConnected()).isTrue();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Passes a message on; a backend's key comes with another process. */
    private static int answer(DataInputStream in, DataOutputStream out) throws IOException {
        int type = in.readUnsignedByte();
        var body = new byte[in.readInt() - Integer.BYTES];
        in.readFully(body);
        if (type == KEY_DATA) {
            body[Integer.BYTES - 1] ^= 1;
        }
        out.writeByte(type);
        out.writeInt(body.length + Integer.BYTES);
        out.write(body);
        return type;
    }

    @ParameterizedTest
    @ValueSource(strings = {"current", "upgrade --dry-run", "history -i", "upgrade"})
    void aPoolerIsCalledOne(String words) throws IOException {
        try (var pooler = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var line = words + " --revisions=" + folder + " --url=" + through(pooler);
            assertThat(terminal.skein(line.split(" "))).isEqualTo(1);
            assertThat(terminal.stderr).contains("this is a connection pooler");
        }
    }

    @Test
    void checkSaysSoOfTheDatabaseInItsLine() throws IOException {
        try (var pooler = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            var url = "--url=" + through(pooler);
            assertThat(terminal.skein("check", "--revisions=" + folder, url)).isEqualTo(1);
            assertThat(terminal.stdout).contains("this is a connection pooler", "Give the server");
        }
    }
}
