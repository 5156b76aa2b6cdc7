// SPDX-License-Identifier: Apache-2.0
package dev.skein.engine.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.skein.engine.testing.TestServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;
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

    @Test
    void whoTidiesUpKeepsTheLocksOfItsOwnFolders() throws IOException {
        var locks = Path.of("/proc/locks");
        assumeTrue(Files.exists(locks), "only Linux shows who holds which lock");
        make("a");
        make("b");
        var other = InitialData.of(TestServer.get().programs(), password());
        other.make(home.resolve("c"));
        other.make(home.resolve("d"));
        for (var kept : List.of(initial, other)) {
            var file = kept.kept().orElseThrow().resolve("lock");
            assertThat(Files.readString(locks))
                    .contains(":" + Files.getAttribute(file, "unix:ino") + " 0 EOF");
        }
    }

    @Test
    void whereACopyCannotBeMadeNothingIsLeft() throws IOException {
        var failing = InitialData.of(onceOnly(), password());
        failing.make(home.resolve("a"));
        var before = folders();
        assertThatThrownBy(() -> failing.make(home.resolve("b"))).hasMessageContaining("no more");
        assertThat(failing.kept()).isEmpty();
        assertThat(folders()).isEqualTo(before);
    }

    /** Programs of which initdb works one time. */
    private PostgresPrograms onceOnly() throws IOException {
        var real = TestServer.get().programs();
        var bin = Files.createDirectory(home.resolve("bin"));
        Files.setPosixFilePermissions(home, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(bin, PosixFilePermissions.fromString("rwxrwxrwx"));
        var initdb =
                Files.writeString(
                        bin.resolve("initdb"),
                        "#!/bin/sh\nmkdir %s/once || { echo no more; exit 1; }\nexec %s \"$@\"\n"
                                .formatted(bin, real.program("initdb")));
        Files.setPosixFilePermissions(initdb, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new PostgresPrograms(bin, real.major());
    }

    private static List<Path> folders() throws IOException {
        var any = DisposableFolder.create("skein-test-any");
        Files.delete(any);
        try (var all = Files.newDirectoryStream(any.resolveSibling("."), "skein-initial-*")) {
            return StreamSupport.stream(all.spliterator(), false).sorted().toList();
        }
    }
}
