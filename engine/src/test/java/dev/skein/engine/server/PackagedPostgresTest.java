// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.skein.engine.postgres.PgClient;
import dev.skein.engine.testing.PackagedJar;
import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PackagedPostgresTest {
    private Path home = Path.of("unset");

    @BeforeEach
    void folder() throws IOException {
        home = Files.createTempDirectory("skein-packaged");
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @AfterEach
    void clean() throws IOException {
        FolderTrees.delete(home);
    }

    @Test
    @EnabledOnOs(
            value = OS.LINUX,
            architectures = "amd64",
            disabledReason = "the packaged programs on the class path are for this platform")
    void aMachineWithoutAServerRunsThePackagedOne() {
        var jar = PackagedJar.path();
        var programs = PackagedPostgres.unpack(jar, home);
        assertThat(programs.major()).isEqualTo(18);
        assertThat(PackagedPostgres.unpack(jar, home)).isEqualTo(programs);
        var server =
                PostgresServer.start(
                        programs,
                        home.resolve("data"),
                        TestServer.freePort(),
                        "pw",
                        Map.of(),
                        home.resolve("log"));
        try (var client = PgClient.create();
                var session = client.open(server.address("postgres"), "test", Map.of())) {
            var version = session.query("SHOW server_version").iterator().next().getString(0);
            assertThat(version).startsWith("18.");
        } finally {
            server.dispose();
        }
        assertThat(server.process().isAlive()).isFalse();
    }

    @Test
    void aJarThatHoldsNoServerIsNamed() throws IOException {
        var jar = Files.writeString(home.resolve("wrong.jar"), "no zip");
        assertThatThrownBy(() -> PackagedPostgres.unpack(jar, home))
                .hasMessageContaining("wrong.jar: it cannot be unpacked");
    }
}
