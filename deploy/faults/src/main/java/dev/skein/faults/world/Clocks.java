// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.world;

import dev.skein.engine.SkeinException;
import dev.skein.engine.server.FolderTrees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Wrong clocks, for one program of each sort, by a small library that is loaded before theirs. How
 * time passes is left alone, only what time it is changes. It needs Linux and a C compiler.
 */
final class Clocks {
    private static final String SOURCE = "clock.c";

    /** Whether this machine can make the library; if not, all clocks are right. */
    static final boolean CAN_BE_WRONG = canBeMade();

    private static final List<String> WRONG =
            List.of("api-2", "audit-2", "agent-eu-2", "agent-us-2");

    private final Path data;
    private final Path library;

    Clocks(Path data) {
        this.data = data;
        this.library = data.resolve("clock.so");
        if (CAN_BE_WRONG) {
            build();
            all().forEach(program -> set(program, Duration.ZERO));
        }
    }

    /** Tried once: a compiler alone is not enough, headers and a linker must be there, too. */
    private static boolean canBeMade() {
        if (!System.getProperty("os.name").equals("Linux")) {
            return false;
        }
        try {
            var folder = Files.createTempDirectory("skein-clock");
            try {
                return isMade(folder.resolve("clock.so"), folder);
            } finally {
                FolderTrees.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean isMade(Path library, Path folder) throws IOException {
        var source = folder.resolve(SOURCE);
        try (var in = Objects.requireNonNull(Clocks.class.getResourceAsStream(SOURCE))) {
            Files.copy(in, source, StandardCopyOption.REPLACE_EXISTING);
        }
        return MachinePrograms.run(
                "cc", "-shared", "-fPIC", "-O2", "-o", "" + library, "" + source, "-ldl");
    }

    private void build() {
        try {
            if (!isMade(library, data)) {
                throw SkeinException.failed(
                        "Wrong clocks", "cc made no library", "Try it on " + data.resolve(SOURCE));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The programs whose clocks can be wrong; none where none can. */
    List<String> all() {
        return CAN_BE_WRONG ? WRONG : List.of();
    }

    /** What a program's environment needs for it. */
    Map<String, String> settings(String program) {
        return all().contains(program)
                ? Map.of("LD_PRELOAD", library.toString(), "SKEIN_CLOCK", file(program).toString())
                : Map.of();
    }

    /** Lets a program's clock be wrong by so much, from now on. */
    void set(String program, Duration offset) {
        var seconds = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
        seconds.putLong(offset.toSeconds()).flip();
        try (var file =
                FileChannel.open(
                        file(program), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            file.write(seconds);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void heal() {
        all().forEach(program -> set(program, Duration.ZERO));
    }

    private Path file(String program) {
        return data.resolve(program + ".clock");
    }
}
