// SPDX-License-Identifier: Apache-2.0
package dev.skein.faults.world;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Wrong clocks, for one program of each sort. They need libfaketime, and whoever runs this says
 * where it is: programs start slowly with it. How time passes is left alone, only what time it is
 * changes.
 */
final class Clocks {
    /** Where libfaketime is; absent where all clocks are to be right. */
    static final Optional<Path> LIBRARY =
            Optional.ofNullable(System.getenv("SKEIN_FAKETIME")).map(Path::of);

    private static final List<String> WRONG = List.of("api-2", "agent-eu-2", "agent-us-2");

    private final Path data;

    Clocks(Path data) {
        this.data = data;
        all().forEach(program -> set(program, Duration.ZERO));
    }

    /** The programs whose clocks can be wrong; none where there is no library. */
    List<String> all() {
        return LIBRARY.isPresent() ? WRONG : List.of();
    }

    /** What a program's environment needs for it. */
    Map<String, String> settings(String program) {
        return all().contains(program)
                ? Map.of(
                        "LD_PRELOAD", LIBRARY.orElseThrow().toString(),
                        "FAKETIME_TIMESTAMP_FILE", file(program).toString(),
                        "FAKETIME_CACHE_DURATION", "1",
                        "FAKETIME_DONT_FAKE_MONOTONIC", "1",
                        "NO_FAKE_STAT", "1")
                : Map.of();
    }

    /** Lets a program's clock be wrong by so much, within a second. */
    void set(String program, Duration offset) {
        try {
            Files.writeString(file(program), "%+d\n".formatted(offset.toSeconds()));
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
