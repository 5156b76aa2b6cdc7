// SPDX-License-Identifier: Apache-2.0
package dev.skein.standalone.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PidFileTest {
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

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

    @Test
    void aProcessIsKnownByWhatNoSetClockMoves() throws Exception {
        assumeTrue(Files.exists(BOOT), "only Linux names its boots");
        var process = new ProcessBuilder("sleep", "60").start();
        var path = folder.resolve("c.pid");
        var file = new PidFile(path);
        file.write(process.toHandle());
        var written = Files.readString(path);
        var stat = Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        var ticks = stat.split(" ")[21]; // its name has no blank
        var boot = Files.readString(BOOT).strip();
        assertThat(written).startsWith(process.pid() + " " + ticks + "@" + boot + "\n");
        assertThat(file.process()).isPresent();
        Files.writeString(path, written.replace(boot, "another"));
        assertThat(file.process()).isEmpty();
        Files.writeString(path, written.replace(ticks + "@", ticks + "1@"));
        assertThat(file.process()).isEmpty();
        Files.writeString(path, written);
        file.end(Duration.ofSeconds(5));
        assertThat(process.isAlive()).isFalse();
    }

    @Test
    void aProcessThatAnEarlierVersionWroteDownIsKnownByTheClock() throws Exception {
        var process = new ProcessBuilder("sleep", "60").start();
        long start = process.info().startInstant().orElseThrow().toEpochMilli();
        var path = Files.writeString(folder.resolve("d.pid"), process.pid() + " " + start + "\n");
        new PidFile(path).end(Duration.ofSeconds(5));
        assertThat(process.isAlive()).isFalse();
    }
}
