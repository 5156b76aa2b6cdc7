// SPDX-License-Identifier: Apache-2.0
package dev.skein.agent.cli;

import dev.skein.agent.cli.common.Output;
import dev.skein.engine.server.FolderTrees;
import dev.skein.engine.server.PostgresPrograms;
import dev.skein.engine.server.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A short run of what people use most, on a database of its own, while the JVM notes which classes
 * that takes; see the launcher. Where no PostgreSQL server is at hand, without a database.
 */
final class ArchiveTraining {
    private static final String SECRET = "training";

    private static final List<String> WORDS =
            List.of(
                    "upgrade heads",
                    "upgrade heads",
                    "current",
                    "current --json",
                    "check",
                    "history",
                    "heads",
                    "downgrade base");

    private ArchiveTraining() {}

    public static void main(String[] args) throws IOException {
        var folder = Files.createTempDirectory("skein-training");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        try {
            var server = server(folder);
            try {
                train(folder, server.address("postgres").url().replace("@", ":" + SECRET + "@"));
            } finally {
                server.dispose();
            }
        } finally {
            FolderTrees.delete(folder);
        }
    }

    private static PostgresServer server(Path folder) throws IOException {
        var jar = Optional.ofNullable(System.getProperty("skein.postgres.jar")).map(Path::of);
        return PostgresServer.start(
                PostgresPrograms.find(jar, folder),
                folder.resolve("data"),
                freePort(),
                SECRET,
                Map.of("fsync", "off"),
                folder.resolve("log"));
    }

    private static int freePort() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static void train(Path folder, String url) throws IOException {
        var at = new String[] {"--revisions=" + revisions(folder), "--url=" + url};
        fleet(folder, url);
        for (var word : WORDS) {
            run(word, at);
        }
        run("upgrade heads --url=" + url, at);
        run("nonsense", at);
    }

    private static Path revisions(Path folder) throws IOException {
        var revisions = Files.createDirectories(folder.resolve("revisions"));
        for (int i = 1; i <= 3; i++) {
            Files.writeString(revisions.resolve(i + ".sql"), revision(i));
        }
        return revisions;
    }

    private static String revision(int i) {
        return """
        --@ revision: r%1$d
        --@ revises: %2$s
        --@ created: 2026-01-01T00:00:00Z

        --@ upgrade
        CREATE TABLE t%1$d (id bigint PRIMARY KEY, name text NOT NULL DEFAULT 'x');
        INSERT INTO t%1$d SELECT g FROM generate_series(1, 9) g;

        --@ verify
        SELECT count(*) = 9 FROM t%1$d;

        --@ downgrade
        DROP TABLE t%1$d;
        """
                .formatted(i, i == 1 ? "" : "r" + (i - 1));
    }

    /** The same on databases of a project's file, up, with nothing to do, and down. */
    private static void fleet(Path folder, String url) throws IOException {
        var secret = Files.writeString(folder.resolve("secret"), SECRET);
        var bare = url.replace(":" + SECRET + "@", "@");
        var project =
                Files.writeString(
                        folder.resolve("skein.yaml"),
                        """
                        revisions: revisions
                        databases:
                          one: {url: '%1$s', password: 'file:%3$s'}
                          other: {url: '%2$s', password: 'file:%3$s'}
                        """
                                .formatted(
                                        bare, bare.replaceFirst("postgres$", "template1"), secret));
        for (var word : new String[] {"upgrade --all", "upgrade --all", "downgrade base --all"}) {
            run(word + " --config=" + project);
        }
    }

    private static void run(String words, String... at) {
        var needsUrl = !words.startsWith("h");
        var all = new ArrayList<>(List.of(words.split(" ")));
        all.addAll(List.of(at).subList(0, needsUrl ? at.length : 1));
        var silent = new PrintStream(new ByteArrayOutputStream(), true, StandardCharsets.UTF_8);
        Skein.run(Output.plain(silent, silent), all.toArray(String[]::new));
    }
}
