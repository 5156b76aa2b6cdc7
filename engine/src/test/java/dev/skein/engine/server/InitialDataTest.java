// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class InitialDataTest {
    private final InitialData initial = InitialData.of(TestServer.get().programs(), password());
    private Path home = Path.of("");

    private static String password() {
        return UUID.randomUUID().toString();
    }

    @BeforeEach
    void begin() throws IOException {
        home = DisposableFolder.create("skein-test-initial");
        Unprivileged.find().createFolder(home);
    }

    @AfterEach
    void end() throws IOException {
        FolderTrees.delete(home);
    }

    private Path make(String name) throws IOException {
        var data = home.resolve(name);
        initial.make(data);
        return data;
    }

    /** What tells one run of initdb from another. */
    private static byte[] identity(Path data) throws IOException {
        return Files.readAllBytes(data.resolve("global/pg_control"));
    }

    @Test
    void theFirstKeepsNothingAndThoseThatFollowAreCopies() throws IOException {
        var first = make("a");
        assertThat(initial.kept()).isEmpty();
        var second = make("b");
        var third = make("c");
        assertThat(initial.kept()).isPresent();
        assertThat(identity(second)).isEqualTo(identity(third)).isNotEqualTo(identity(first));
        assertThat(Files.getPosixFilePermissions(third))
                .isEqualTo(Files.getPosixFilePermissions(first));
    }

    @Test
    void whatSomebodyTidiedAwayIsMadeAnew() throws IOException {
        make("a");
        make("b");
        Files.delete(initial.kept().orElseThrow().resolve("data/PG_VERSION"));
        var next = make("c");
        assertThat(next.resolve("PG_VERSION")).exists();
        FolderTrees.delete(initial.kept().orElse(home.resolve("none")));
        assertThat(make("d").resolve("PG_VERSION")).exists();
        make("e");
        FolderTrees.delete(initial.kept().orElseThrow());
        assertThat(make("f").resolve("PG_VERSION")).exists();
    }

    @Test
    void whatADeadProcessLeftGoesAndWhatALivingOneKeepsStays() throws IOException {
        var left = DisposableFolder.create("skein-initial-");
        Files.createFile(left.resolve("lock"));
        make("a");
        make("b");
        assertThat(left).doesNotExist();
        var other = InitialData.of(TestServer.get().programs(), password());
        other.make(home.resolve("c"));
        other.make(home.resolve("d"));
        assertThat(initial.kept().orElseThrow()).exists();
    }
}
