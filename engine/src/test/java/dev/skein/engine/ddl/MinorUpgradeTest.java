// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.ddl;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.catalog.CatalogReader;
import dev.skein.engine.catalog.Fingerprint;
import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.server.FolderTrees;
import dev.skein.engine.server.PostgresPrograms;
import dev.skein.engine.server.PostgresServer;
import dev.skein.engine.testing.PackagedJar;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/** The same data files under an older and a newer server of one major version. */
@EnabledOnOs(
        value = OS.LINUX,
        architectures = "amd64",
        disabledReason = "the packaged programs are for this platform")
class MinorUpgradeTest {
    private static final Duration BOUND = Duration.ofMinutes(2);
    private static final List<String> TAKEN =
            List.of(
                    "table",
                    "view",
                    "index kinds",
                    "domain",
                    "partitioned table",
                    "check with a list of words",
                    "defaults of many kinds",
                    "money, xml, network and geometric types",
                    "policies of every kind",
                    "function with a body of the standard",
                    "extended statistics of expressions",
                    "trigger with a condition and columns");

    private record Seen(String version, List<Fingerprint> prints) {}

    @Test
    void aMinorUpgradeDoesNotShow() throws IOException {
        var home = Files.createTempDirectory("skein-minor");
        try {
            Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
            var older = look(home, Path.of("target/older-postgres.jar"), true);
            var newer = look(home, PackagedJar.path(), false);
            assertThat(older.version()).startsWith("18.1");
            assertThat(newer.version()).startsWith("18.6");
            assertThat(newer.prints()).hasSize(TAKEN.size()).isEqualTo(older.prints());
        } finally {
            FolderTrees.delete(home);
        }
    }

    private static Seen look(Path home, Path jar, boolean first) {
        var programs = PostgresPrograms.unpack(jar, home.resolve(jar.getFileName().toString()));
        try (var client = PgClient.create();
                var server =
                        PostgresServer.start(
                                programs,
                                home.resolve("data"),
                                TestServer.freePort(),
                                "pw",
                                Map.of("fsync", "off"),
                                home.resolve("log"))) {
            var pairs = Pair.all().stream().filter(p -> TAKEN.contains(p.name())).toList();
            if (first) {
                pairs.forEach(pair -> make(client, server, pair));
            }
            return new Seen(
                    version(client, server),
                    pairs.stream().map(pair -> print(client, server, pair)).toList());
        }
    }

    private static void make(PgClient client, PostgresServer server, Pair pair) {
        try (var session = client.open(server.address("postgres"), "test", Map.of())) {
            session.script("CREATE DATABASE " + database(pair) + " TEMPLATE template0", BOUND);
            session.script(
                    "DO $$BEGIN CREATE ROLE reader; EXCEPTION WHEN duplicate_object THEN END$$",
                    BOUND);
        }
        try (var session = client.open(server.address(database(pair)), "test", Map.of())) {
            session.script(pair.before() + ";" + pair.change(), BOUND);
        }
    }

    private static String database(Pair pair) {
        return "x_" + pair.name().replaceAll("[ ,]+", "_");
    }

    private static String version(PgClient client, PostgresServer server) {
        try (var session = client.open(server.address("postgres"), "test", Map.of())) {
            return session.query("SHOW server_version").iterator().next().getString(0);
        }
    }

    private static Fingerprint print(PgClient client, PostgresServer server, Pair pair) {
        try (var session = client.open(server.address(database(pair)), "test", Map.of())) {
            return CatalogReader.fingerprint(session);
        }
    }
}
