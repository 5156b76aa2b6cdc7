// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    @TempDir Path folder;

    @Test
    void endsTheProcessItNamesAndNoOther() throws Exception {
        var process = new ProcessBuilder("sleep", "60").start();
        var file = new PidFile(folder.resolve("a.pid"));
        file.write(process.toHandle());
        assertThat(file.process()).isPresent();
        Files.writeString(folder.resolve("other.pid"), process.pid() + " 12345\n");
        new PidFile(folder.resolve("other.pid")).end(Duration.ofSeconds(5));
        assertThat(process.isAlive()).isTrue();
        file.end(Duration.ofSeconds(5));
        assertThat(process.isAlive()).isFalse();
        assertThat(folder.resolve("a.pid")).doesNotExist();
    }

    @Test
    void theProcessOfTheFolderThatThisIsACopyOfIsNotOurs() throws Exception {
        var process = new ProcessBuilder("sleep", "60").start();
        var original = Files.createDirectory(folder.resolve("original"));
        new PidFile(original.resolve("a.pid")).write(process.toHandle());
        var copy = Files.createDirectory(folder.resolve("copy"));
        Files.copy(original.resolve("a.pid"), copy.resolve("a.pid"));
        new PidFile(copy.resolve("a.pid")).end(Duration.ofSeconds(5));
        assertThat(process.isAlive()).isTrue();
        var moved = Files.move(original, folder.resolve("moved"));
        assertThat(new PidFile(moved.resolve("a.pid")).process()).isPresent();
        new PidFile(moved.resolve("a.pid")).end(Duration.ofSeconds(5));
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aFileCutOffInTheMiddleNamesNobody() throws Exception {
        var path = Files.writeString(folder.resolve("b.pid"), "");
        assertThat(new PidFile(path).process()).isEmpty();
    }
}
